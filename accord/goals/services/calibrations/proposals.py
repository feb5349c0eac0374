"""What somebody proposes to change in an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LEVELS = ("target", "threshold", "stretch")
NUMBERS = ("weight", *LEVELS)
"""What of a line can be proposed to change in a meeting; the rest is for the agreement's own page."""

Changes = Mapping[int, Mapping[str, Decimal | None]]
"""By metric: the fields that become something else, and what."""


@dataclass(frozen=True)
class Proposal:
    """New numbers for some lines from a day on, and why. Retroactive only where somebody has said so.

    `base` is the key of the terms that the numbers were compared with; without it they are compared with none.
    """

    changes: Changes
    effective_on: date
    reason: str
    is_retroactive: bool = False
    base: int | None = None
