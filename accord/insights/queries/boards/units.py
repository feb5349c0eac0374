"""The board of the company, of a unit, of a position: where it is red, what changed, since when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accord.alerts.models import Light
from accord.domain.group_status import MINIMUM
from accord.domain.periods import Frequency, Period
from accord.insights.queries.boards.age import DataAge, age_of
from accord.insights.queries.boards.counting import (
    NOTHING,
    Cells,
    Tally,
    cells_of,
    courses_of,
)
from accord.insights.queries.boards.scope import QUARTER, SHOWN_METRICS, YEAR, BoardFilter, Scope
from accord.insights.queries.lights import HISTORY, newest_periods
from accord.metrics.models import Metric
from accord.people.models import OrgUnit

_MOST_CHANGES = 6


@dataclass(frozen=True)
class UnitRow:
    """One unit of the heat map: all it answers for, and a cell for each column (None where nobody has the metric).

    `troubled` are its metrics that are not on track, the worst first; `calm` counts the others.
    """

    unit: OrgUnit
    tally: Tally
    cells: Sequence[Tally | None]
    troubled: Sequence[tuple[Metric, Tally]] = ()
    calm: int = 0


@dataclass(frozen=True)
class Change:
    """A unit in which more KPIs of a metric are off track than a period ago, or fewer."""

    unit: OrgUnit
    metric: Metric
    was: Tally
    now: Tally

    @property
    def more_red(self) -> int:
        return self.now.red - self.was.red

    @property
    def size(self) -> int:
        return abs(self.more_red)


@dataclass(frozen=True)
class Comparison:
    """The whole board a period, a quarter and a year ago; None where too much else was expected then to compare."""

    period: Tally | None
    quarter: Tally | None
    year: Tally | None


@dataclass(frozen=True)
class UnitBoard:
    """Everything the page shows that comes from roll-up rows."""

    periods: dict[Frequency, Period]
    tally: Tally
    before: Comparison
    columns: Sequence[Metric]
    left_out: int
    rows: Sequence[UnitRow]
    worse: Sequence[Change]
    better: Sequence[Change]
    course: Sequence[tuple[Period, Tally]]
    age: DataAge

    @property
    def is_sparse(self) -> bool:
        """Whether most units lack most of the metrics, so that each row rather lists its own."""
        cells = [cell for row in self.rows for cell in row.cells]
        return 2 * sum(cell is not None for cell in cells) < len(cells)

    @property
    def has_spread(self) -> bool:
        """Whether enough is judged for a spread that says nothing about a single person."""
        return sum(self.tally.bands) >= MINIMUM


def board_of_units(scope: Scope, wanted: BoardFilter) -> UnitBoard:
    """The board of `scope`. A constant number of statements, of roll-up rows alone."""
    periods = wanted.periods(newest_periods(wanted.on))
    steps = [dict.fromkeys(Frequency, 0), dict.fromkeys(Frequency, 1), QUARTER, YEAR]
    keys = [period.key - back[period.frequency] for period in periods.values() for back in steps]
    counted = [unit.pk for unit in scope.units]
    cells = cells_of(scope, wanted, {*counted, *(unit.pk for unit in scope.rows)}, keys)
    now, *then = (_at(cells, periods, back) for back in steps)
    metrics = Metric.objects.in_bulk({metric for _, metric in now})
    ordered = sorted(metrics.values(), key=lambda metric: _urgency(now, counted, metric))
    columns = ordered if wanted.every_metric else ordered[:SHOWN_METRICS]
    changes = _changes(scope.rows or scope.units, ordered, now, then[0])
    return UnitBoard(
        periods=periods,
        tally=_whole(now, counted),
        before=Comparison(*(_comparable(_whole(now, counted), _whole(each, counted)) for each in then)),
        columns=columns,
        left_out=len(ordered) - len(columns),
        rows=_rows_of(scope.rows, columns, ordered, now, wanted.light),
        worse=[change for change in changes if change.more_red > 0][:_MOST_CHANGES],
        better=[change for change in changes if change.more_red < 0][:_MOST_CHANGES],
        course=_course(scope, wanted, periods, now, metrics, counted),
        age=age_of(ordered, periods),
    )


@dataclass(frozen=True)
class History:
    """Thirteen periods in each unit: since when it is off track."""

    periods: Sequence[Period]
    rows: Sequence[tuple[OrgUnit, Sequence[Tally]]]


def history_of(scope: Scope, wanted: BoardFilter, board: UnitBoard) -> History:
    """The course of every row of a board over the periods of the whole; one statement."""
    periods = [period for period, _ in board.course]
    units = scope.rows or scope.units
    cells = courses_of(scope, wanted, [unit.pk for unit in units], [period.key for period in periods])
    rows = [(unit, [cells.get((unit.pk, each.key), NOTHING) for each in periods]) for unit in units]
    shown = [row for row in rows if any(tally.expected for tally in row[1])]
    return History(periods, sorted(shown, key=lambda row: (-row[1][-1].red, -row[1][-1].yellow, row[0].name)))


Newest = dict[tuple[int, int], Tally]
"""By (unit, metric), each in the period of its own rhythm."""


def _at(cells: Cells, periods: dict[Frequency, Period], back: dict[Frequency, int]) -> Newest:
    keys = {period.key - back[period.frequency] for period in periods.values()}
    return {(unit, metric): tally for (period, unit, metric), tally in cells.items() if period in keys}


def _whole(cells: Newest, units: Iterable[int], metric: int | None = None) -> Tally:
    chosen = set(units)
    found = (tally for (unit, one), tally in cells.items() if unit in chosen and metric in (None, one))
    return sum(found, NOTHING)


def _comparable(now: Tally, then: Tally) -> Tally | None:
    """`then`, if about as many KPIs were expected: “two fewer” of half as many is no progress."""
    return then if then.judged and 4 * now.expected <= 5 * then.expected <= 7 * now.expected else None


def _urgency(now: Newest, units: Sequence[int], metric: Metric) -> tuple[int, int, int, int]:
    tally = _whole(now, units, metric.pk)
    return (-tally.red, -tally.yellow, -tally.expected, metric.pk)


def _rows_of(
    units: Sequence[OrgUnit], columns: Sequence[Metric], metrics: Sequence[Metric], now: Newest, light: int | None
) -> list[UnitRow]:
    rows = [_row_of(unit, columns, metrics, now) for unit in units]
    shown = [row for row in rows if row.tally.expected and (light is None or _shines(row.tally, light))]
    return sorted(shown, key=lambda row: (-row.tally.red, -row.tally.yellow, row.unit.name))


def _row_of(unit: OrgUnit, columns: Sequence[Metric], metrics: Sequence[Metric], now: Newest) -> UnitRow:
    own = [(metric, now[unit.pk, metric.pk]) for metric in metrics if (unit.pk, metric.pk) in now]
    troubled = [each for each in own if each[1].light != Light.GREEN]
    troubled.sort(key=lambda each: (-each[1].red, -each[1].yellow, -each[1].expected))
    cells = [now.get((unit.pk, metric.pk)) for metric in columns]
    return UnitRow(unit, _whole(now, [unit.pk]), cells, troubled, len(own) - len(troubled))


def _shines(tally: Tally, light: int) -> bool:
    """Whether something in a row shines in a colour (the stored number of a light; 0 is grey)."""
    return bool((tally.expected - tally.judged, tally.red, tally.yellow, tally.green)[light])


def _changes(units: Sequence[OrgUnit], metrics: Sequence[Metric], now: Newest, before: Newest) -> list[Change]:
    found = [
        Change(unit, metric, before.get((unit.pk, metric.pk), NOTHING), now[unit.pk, metric.pk])
        for unit in units
        for metric in metrics
        if (unit.pk, metric.pk) in now
    ]
    return sorted((each for each in found if each.more_red), key=lambda change: (-change.size, change.unit.name))


def _course(
    scope: Scope,
    wanted: BoardFilter,
    periods: dict[Frequency, Period],
    now: Newest,
    metrics: dict[int, Metric],
    counted: Sequence[int],
) -> list[tuple[Period, Tally]]:
    """Thirteen periods of the rhythm that most KPIs have: counts of days and months in one bar would say nothing."""
    many = dict.fromkeys(periods, 0)
    for (unit, metric), tally in now.items():
        rhythm = Frequency(metrics[metric].frequency)
        if unit in counted and rhythm in many:
            many[rhythm] += tally.expected
    if not many:
        return []
    last = periods[max(many, key=lambda rhythm: many[rhythm])]
    shown = [last - back for back in range(HISTORY - 1, -1, -1)]
    found = courses_of(scope, wanted, counted, [period.key for period in shown])
    return [(each, sum((found.get((unit, each.key), NOTHING) for unit in counted), NOTHING)) for each in shown]
