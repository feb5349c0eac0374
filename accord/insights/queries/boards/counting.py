"""Counting roll-up rows: one statement for all cells of a board, now and in the periods it is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import add
from typing import Any

from django.db.models import QuerySet, Sum

from accord.alerts.models import UnitStatus
from accord.domain.group_status import BANDS, group_light
from accord.insights.queries.boards.scope import BoardFilter, Scope
from accord.insights.queries.teams import Counts
from accord.metrics.models import Metric
from accord.people.models import Position

_BANDS = [f"band_{number}" for number in range(len(BANDS))]
_COUNTS = ("red", "yellow", "green", "expected", *_BANDS)


@dataclass(frozen=True)
class Tally:
    """Counts of lights with the bands of attainment they lie in."""

    red: int = 0
    yellow: int = 0
    green: int = 0
    expected: int = 0
    bands: Sequence[int] = field(default=(0,) * len(BANDS))

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.red + other.red,
            self.yellow + other.yellow,
            self.green + other.green,
            self.expected + other.expected,
            tuple(map(add, self.bands, other.bands)),
        )

    @property
    def judged(self) -> int:
        return self.red + self.yellow + self.green

    @property
    def light(self) -> int | None:
        return group_light(self.red, self.yellow, self.green)

    @property
    def counts(self) -> Counts:
        """As `counts_bar` shows them."""
        return Counts(self.red, self.yellow, self.green, self.expected - self.judged)


NOTHING = Tally()
Cells = Mapping[tuple[int, int, int], Tally]
"""By (period, unit, metric)."""


def cells_of(scope: Scope, wanted: BoardFilter, units: Iterable[int], periods: Iterable[int]) -> Cells:
    """The tallies of some units in some periods, by metric, as far as the scope lets its reader see them."""
    rows = _rows(scope, wanted, units, periods).values("period", "org_unit_id", "metric_id")
    return {(row["period"], row["org_unit_id"], row["metric_id"]): _tally(row) for row in _summed(rows)}


def courses_of(
    scope: Scope, wanted: BoardFilter, units: Iterable[int], periods: Iterable[int]
) -> dict[tuple[int, int], Tally]:
    """The tally of some units over all metrics in each of some periods, by (unit, period)."""
    rows = _rows(scope, wanted, units, periods).values("org_unit_id", "period")
    return {(row["org_unit_id"], row["period"]): _tally(row) for row in _summed(rows)}


@dataclass(frozen=True)
class Choices:
    """What a board can be narrowed to: whatever has a target in it."""

    positions: Sequence[Position]
    metrics: Sequence[Metric]


def choices_of(scope: Scope, periods: Iterable[int]) -> Choices:
    """The positions and metrics of a scope in some periods; three statements."""
    rows = _rows(scope, None, [unit.pk for unit in scope.units], periods)
    pairs = set(rows.values_list("position_id", "metric_id").distinct())
    positions = Position.objects.filter(pk__in={position for position, _ in pairs if position})
    metrics = Metric.objects.filter(pk__in={metric for _, metric in pairs})
    return Choices(list(positions.order_by("name")), list(metrics.order_by("name")))


def positions_in(scope: Scope, periods: Iterable[int]) -> list[tuple[Position, Tally]]:
    """The positions counted in a scope, those with most off track first; two statements."""
    rows = _rows(scope, None, [unit.pk for unit in scope.units], periods).filter(position__isnull=False)
    tallies = {row["position_id"]: _tally(row) for row in _summed(rows.values("position_id"))}
    positions = Position.objects.in_bulk(list(tallies))
    found = [(positions[pk], tally) for pk, tally in tallies.items()]
    return sorted(found, key=lambda row: (-row[1].red, -row[1].yellow, -row[1].expected, row[0].name))


def by_unit(cells: Cells) -> dict[int, dict[tuple[int, int], Tally]]:
    """The cells of each unit, by period and metric."""
    found: defaultdict[int, dict[tuple[int, int], Tally]] = defaultdict(dict)
    for (period, unit, metric), tally in cells.items():
        found[unit][period, metric] = tally
    return found


def _rows(
    scope: Scope, wanted: BoardFilter | None, units: Iterable[int], periods: Iterable[int]
) -> QuerySet[UnitStatus]:
    rows = UnitStatus.objects.filter(period__in=list(periods), org_unit__in=list(units))
    if wanted and wanted.position:
        rows = rows.filter(position=wanted.position)
    if wanted and wanted.metric:
        rows = rows.filter(metric=wanted.metric)
    return rows.filter(of_one_line=True) if scope.of_one_line else rows


def _summed(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.annotate(**{f"all_{name}": Sum(name) for name in _COUNTS})
    return found


def _tally(row: Mapping[str, Any]) -> Tally:
    red, yellow, green, expected, *bands = (row[f"all_{name}"] for name in _COUNTS)
    return Tally(red, yellow, green, expected, tuple(bands))
