"""One row of a KPI file, read and checked on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from django.utils.translation import gettext_noop as _

from accord.domain.periods import Frequency, Period, PeriodError
from accord.foundation.imports import Remark
from accord.foundation.spreadsheets import Column
from accord.foundation.spreadsheets.numbers import NumberRefused, parse_number
from accord.goals.methods import method_named

COLUMNS = (
    Column("employee_no", ("工号", "employee_no", "员工编号"), required=False),
    Column("org_unit", ("部门", "org_unit", "组织"), required=False),
    Column("metric", ("指标", "metric", "KPI", "指标名称")),
    Column("weight", ("权重", "weight")),
    Column("target", ("目标", "target", "目标值")),
    Column("threshold", ("门槛", "threshold", "门槛值"), required=False),
    Column("stretch", ("挑战", "stretch", "挑战值"), required=False),
    Column("method", ("评分方法", "method", "计分方法"), required=False),
    Column("valid_from", ("生效自", "valid_from", "effective_from"), required=False),
    Column("valid_to", ("生效至", "valid_to", "effective_to"), required=False),
)


class RowRefused(Exception):
    """This row cannot be taken; carries the remark that says why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.code)
        self.remark = remark


def refuse(row: int, column: str, code: str, sentence: str, **values: object) -> NoReturn:
    """Stop reading the row with a sentence for its author."""
    raise RowRefused(Remark(row, column, code, sentence, {key: str(value) for key, value in values.items()}))


@dataclass(frozen=True)
class KpiRow:
    """What one row says, in the product's own terms. `starts` and `ends` are None where it leaves that side open."""

    row: int
    subject: tuple[str, int]
    subject_name: str
    metric: str
    weight: Decimal
    target: Decimal
    threshold: Decimal | None
    stretch: Decimal | None
    method: str
    starts: Period | None
    ends: Period | None


@dataclass(frozen=True)
class Subjects:
    """Who KPIs may be for: `(kind, id)` and name, by employee number and by unit path."""

    employees: Mapping[str, tuple[int, str]]
    org_units: Mapping[str, int]


def read_row(cells: Mapping[str, str | None], row: int, subjects: Subjects) -> KpiRow:
    """Read one row. Raises RowRefused with the first thing that is wrong with it."""
    subject, name = _subject(cells, row, subjects)
    metric = cells.get("metric") or refuse(row, "metric", "metric_missing", _("The KPI has no metric."))
    threshold, stretch = _number(cells, row, "threshold"), _number(cells, row, "stretch")
    target = _number(cells, row, "target")
    if target is None:
        refuse(row, "target", "target_missing", _("The target is empty."))
    return KpiRow(
        row=row,
        subject=subject,
        subject_name=name,
        metric=metric,
        weight=_weight(cells, row),
        target=target,
        threshold=threshold,
        stretch=stretch,
        method=_method(cells, row, threshold, stretch),
        starts=_day(cells, row, "valid_from"),
        ends=_day(cells, row, "valid_to"),
    )


def _subject(cells: Mapping[str, str | None], row: int, subjects: Subjects) -> tuple[tuple[str, int], str]:
    if number := cells.get("employee_no"):
        if number not in subjects.employees:
            refuse(row, "employee_no", "employee_unknown", _("Nobody has the number %(number)s."), number=number)
        pk, name = subjects.employees[number]
        return ("employee", pk), name
    if path := cells.get("org_unit"):
        if path not in subjects.org_units:
            refuse(row, "org_unit", "org_unit_unknown", _("There is no unit %(path)s."), path=path)
        return ("org_unit", subjects.org_units[path]), path
    refuse(row, "employee_no", "subject_missing", _("The row names neither an employee nor a unit."))


def _number(cells: Mapping[str, str | None], row: int, column: str) -> Decimal | None:
    text = cells.get(column)
    if not text:
        return None
    try:
        return parse_number(text)
    except NumberRefused:
        refuse(row, column, "number_unreadable", _("“%(text)s” is not a number."), text=text[:40])


def _weight(cells: Mapping[str, str | None], row: int) -> Decimal:
    """A weight as a share of 1: people write 30%, 30 or 0.3."""
    weight = _number(cells, row, "weight")
    if weight is None:
        refuse(row, "weight", "weight_missing", _("The weight is empty."))
    if weight > 1:
        weight /= 100
    if not 0 < weight <= 1:
        refuse(
            row,
            "weight",
            "weight_out_of_range",
            _("The weight must lie between 0 and 100 %%, not %(text)s."),
            text=cells["weight"],
        )
    return weight


def _method(cells: Mapping[str, str | None], row: int, threshold: Decimal | None, stretch: Decimal | None) -> str:
    text = cells.get("method")
    if not text:
        return "threshold_target_stretch" if threshold is not None and stretch is not None else "completion_ratio"
    method = method_named(text)
    if method is None:
        refuse(row, "method", "method_unknown", _("“%(text)s” is not a scoring method for a KPI."), text=text[:40])
    if method == "threshold_target_stretch" and (threshold is None or stretch is None):
        refuse(row, "method", "bounds_missing", _("This scoring method needs a threshold and a stretch value."))
    return method


def _day(cells: Mapping[str, str | None], row: int, column: str) -> Period | None:
    text = cells.get(column)
    if not text:
        return None
    try:
        return Period.parse(text)
    except PeriodError:
        refuse(row, column, "day_unreadable", _("“%(text)s” is not a date or period."), text=text[:40])


def bounds(row: KpiRow, frequency: Frequency) -> tuple[Period | None, Period | None]:
    """The first and last period of `frequency` for which the row holds; None where it leaves that side open.

    A period belongs to the stretch of time in which it ends, so that schedules that follow each other by date neither
    overlap nor leave a gap in a week that lies across the border.
    """
    first = last = None
    if row.starts:
        first = Period.of(row.starts.start, frequency)
    if row.ends:
        last = Period.of(row.ends.end, frequency)
        last = last if last.end <= row.ends.end else last - 1
    return first, last
