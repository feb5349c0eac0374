"""How the sources of metrics are doing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accord.metrics.models import Metric


@dataclass(frozen=True)
class Trouble:
    """A source that cannot be read: since when, and why in a sentence of the current language."""

    connection_id: int
    source: str
    since: datetime
    code: str
    sentence: str


def trouble_of(metrics: Iterable[Metric | int]) -> dict[int, Trouble]:
    """The trouble of each of `metrics` whose source fails, by metric; the longest where there are two."""
    raise NotImplementedError
