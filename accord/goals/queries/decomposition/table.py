"""A plan as it stands on a page: lines with cells, folded where there are very many people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from accord.domain.decomposition.bases import Basis
from accord.domain.decomposition.sums import EXACT
from accord.goals.queries.decomposition.planning import Plan, Row
from accord.metrics.models import Metric
from accord.people.models import Employee

MOST_PEOPLE = 300
"""With more people than this the table shows units, and the people of one unit at a time."""


@dataclass(frozen=True)
class Cell:
    """One number. `locked` is what somebody typed; without it the number is worked out."""

    name: str
    metric: Metric
    value: Fraction | None
    locked: Decimal | None = None
    is_editable: bool = True


@dataclass(frozen=True)
class Line:
    """One row of the table with what may be typed into it."""

    row: Row
    cells: Sequence[Cell]
    share: Decimal | None
    change: Decimal | None
    weight: Decimal | None
    takes_weight: bool
    away: int | None
    has_children: bool

    @property
    def person(self) -> Employee | None:
        return self.row.member.employee if self.row.member else None


@dataclass(frozen=True)
class Table:
    """The lines that are shown, and the sums of what lies right below the root: the target again, if all is well."""

    metrics: Sequence[Metric]
    lines: Sequence[Line]
    totals: Sequence[Cell]
    people: int
    is_folded: bool
    takes_weights: bool

    @property
    def is_even(self) -> bool:
        """Whether the parts make the whole. They always do; the page says so."""
        return self.totals[0].value == self.lines[0].cells[0].value if self.lines else True


def table_of(plan: Plan, unit: str = "", compared: Plan | None = None) -> Table:
    """The table of a plan; `unit` is the node whose people are shown of very many, `compared` the plan as stored."""
    people = sum(row.member is not None and not row.is_leader for row in plan.rows)
    is_folded = people > MOST_PEOPLE
    before = {row.key: row.quantities[-1] for row in compared.rows} if compared else {}
    parents = {row.above for row in plan.rows}
    by_key = {row.key: row for row in plan.rows}
    rows = [row for row in plan.rows if not is_folded or row.member is None or row.above == unit]
    lines = [_line(plan, row, by_key, before, row.key in parents) for row in rows]
    weighed = {plan.settings.units, plan.settings.people} & {Basis.CAPACITY, Basis.HAND}
    return Table(plan.metrics, lines, _totals(plan), people, is_folded, bool(weighed))


def treemap(plan: Plan) -> list[dict[str, Any]]:
    """What is split as nested areas, units and people, for the chart."""
    is_folded = sum(row.member is not None for row in plan.rows) > MOST_PEOPLE
    nodes: dict[str, dict[str, Any]] = {}
    top: list[dict[str, Any]] = []
    for row in plan.rows:
        if row.is_leader or (is_folded and row.member):
            continue
        name = row.member.employee.name if row.member else row.unit.name if row.unit else ""
        node = nodes[row.key] = {"name": name, "value": float(row.quantities[-1])}
        if row.above in nodes and row.depth > 1:
            nodes[row.above].setdefault("children", []).append(node)
        elif row.depth:
            top.append(node)
    # A unit with one unit in it says nothing that the one does not.
    while len(top) == 1 and "children" in top[0]:
        top = top[0]["children"]
    return top


def _line(plan: Plan, row: Row, rows: Mapping[str, Row], before: Mapping[str, Decimal], has_children: bool) -> Line:
    settings = plan.settings
    locks = settings.locks.get(row.key, {})
    is_part = bool(row.depth) and not row.is_leader
    cells = [
        Cell(
            f"cell-{row.key}-{metric.pk}",
            metric,
            plan.value(row.quantities, metric),
            locks.get(metric.pk) if is_part else None,
            is_part,
        )
        for metric in plan.metrics
    ]
    basis = settings.people if row.member else settings.units
    is_person = row.member is not None and not row.is_leader
    return Line(
        row,
        cells,
        _percent(row.quantities[-1], rows[row.above].quantities[-1]) if is_part else None,
        row.quantities[-1] - before[row.key] if row.key in before and before else None,
        settings.weights.get(row.key),
        is_part and basis in (Basis.CAPACITY, Basis.HAND),
        settings.away.get(row.key, 0) if is_person else None,
        has_children,
    )


def _totals(plan: Plan) -> list[Cell]:
    """The sum of the parts right below the root; a rate is the one of the sums."""
    parts = [row.quantities for row in plan.rows if row.depth == 1 and not row.is_leader]
    sums = tuple(sum(column, Decimal(0)) for column in zip(*parts, strict=True))
    return [Cell("", metric, plan.value(sums, metric) if sums else None, is_editable=False) for metric in plan.metrics]


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    if not whole:
        return Decimal(0)
    with localcontext(EXACT):
        return (part * 100 / whole).quantize(Decimal("0.1"))
