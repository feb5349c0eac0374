"""A value that is known already, on its way into a form: what sources of any app hand over."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Prefilled:
    """A value and where it was read.

    `origin` is plain JSON: `label` in both languages, `url` of the page that shows where the value came from.
    """

    value: Any
    origin: dict[str, Any] = field(default_factory=dict)
