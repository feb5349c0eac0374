"""What a board is about and how much of it its reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accord.domain.periods import Frequency, Period
from accord.metrics.models import Metric
from accord.people.models import OrgUnit, Position

SHOWN_METRICS = 10
"""Columns of a heat map. Those with most off track come first; the rest are a click away."""


@dataclass(frozen=True)
class Scope:
    """The units counted together and the units that each have a row.

    `of_one_line`: the reader sees people by the reporting line alone, so nothing is counted where somebody in the unit
    stands outside the line of its head.
    """

    units: Sequence[OrgUnit]
    rows: Sequence[OrgUnit]
    of_one_line: bool = False


@dataclass(frozen=True)
class BoardFilter:
    """What the address asks for. `ignored` are sentences about what it asks for in vain."""

    on: date
    position: Position | None = None
    metric: Metric | None = None
    period: Period | None = None
    light: int | None = None
    every_metric: bool = False
    ignored: Sequence[str] = ()

    def periods(self, newest: dict[Frequency, Period]) -> dict[Frequency, Period]:
        """The period shown of each rhythm: the one asked for alone, or the newest of each."""
        return {self.period.frequency: self.period} if self.period else newest


QUARTER = {Frequency.DAY: 91, Frequency.WEEK: 13, Frequency.MONTH: 3, Frequency.QUARTER: 1}
YEAR = {Frequency.DAY: 364, Frequency.WEEK: 52, Frequency.MONTH: 12, Frequency.QUARTER: 4}
"""How many periods make a quarter and a year."""
