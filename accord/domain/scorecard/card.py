"""What a scorecard is worked out from: plain numbers, in the order in which they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from accord.domain.periods import Period
from accord.domain.scoring.arithmetic import ZERO
from accord.domain.scoring.methods.weighted_total import Missing


class Aggregation(StrEnum):
    """How the values of several periods become one."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Due:
    """One period of a line: the levels that were due in it, and the value that came.

    `parts` are numerator and denominator of a ratio, where both have a value.
    """

    period: int
    target: Decimal
    threshold: Decimal | None = None
    stretch: Decimal | None = None
    value: Decimal | None = None
    parts: tuple[Decimal, Decimal] | None = None

    def is_over(self, on: date) -> bool:
        """Whether the period had ended before the day `on`."""
        return Period(self.period).end < on


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One KPI as it held during one phase: the rule it is scored by, and its periods in the order of time.

    `kpi`, `metric` and `series` are keys that only travel along.
    """

    weight: Decimal
    method: str
    dues: tuple[Due, ...]
    aggregation: Aggregation = Aggregation.SUM
    lower_is_better: bool = False
    params: Mapping[str, object]
    decimals: int = 2
    is_percent: bool = False
    kpi: int = 0
    metric: int = 0
    series: int = 0

    def counted(self, on: date, is_final: bool) -> tuple[Due, ...]:
        """The periods whose values count: those with a value, and before the end of the cycle those that are over."""
        return tuple(due for due in self.dues if due.value is not None and (is_final or due.is_over(on)))


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the cycle in which the same terms hold, both days inclusive.

    `missing` says what becomes of the total where a line has no score.
    """

    first: date
    last: date
    lines: tuple[Line, ...]
    missing: Missing = Missing.BLOCK

    def days(self, on: date, is_final: bool) -> int:
        """The calendar days that weigh: all in the end, those gone by before the day `on` until then."""
        last = self.last if is_final else min(self.last, on - timedelta(days=1))
        return max(0, (last - self.first).days + 1)


@dataclass(frozen=True, slots=True)
class Card:
    """Everything one person's score of a cycle is worked out from, as of the day `on`.

    `okr_share` is the share of the total that `objective_score` (out of 100) makes up.
    """

    phases: tuple[Phase, ...]
    on: date
    is_final: bool = False
    okr_share: Decimal = ZERO
    objective_score: Decimal | None = None
