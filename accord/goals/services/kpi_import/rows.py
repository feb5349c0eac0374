"""One row of a KPI file, read and checked on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from accord.domain.numbers import from_micro
from accord.domain.periods import Frequency, Period, PeriodError, PeriodTooFar
from accord.foundation.imports.rows import RowRefused, refusal, refuse
from accord.foundation.spreadsheets import Column
from accord.foundation.spreadsheets.numbers import FAULTS
from accord.goals.methods import method_named
from accord.metrics.models import Metric
from accord.people.services.people_import.columns import number_key

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


Cells = Mapping[str, str | int | None]
"""A row of the file: the texts of its columns, and `<column>_micro|percent|fault` of those in AMOUNTS."""

AMOUNTS = ("weight", "target", "threshold", "stretch")
_NEVER = 2100


@dataclass(frozen=True)
class Amount:
    """A number as it was written. “12%” is 12 for a metric in percent and 0.12 for any other."""

    plain: Decimal
    percent: Decimal | None

    def of(self, metric: Metric) -> Decimal:
        """The number in the unit of `metric`."""
        return self.percent if self.percent is not None and metric.is_percent else self.plain


@dataclass(frozen=True)
class KpiRow:
    """What one row says, in the product's own terms. `starts` and `ends` are None where it leaves that side open."""

    row: int
    subject: tuple[str, int]
    subject_name: str
    metric: str
    weight: Decimal
    target: Amount
    threshold: Amount | None
    stretch: Amount | None
    method: str
    starts: Period | None
    ends: Period | None


@dataclass(frozen=True)
class Subjects:
    """Who KPIs may be for: `(kind, id)` and name, by employee number and by unit path."""

    employees: Mapping[str, tuple[int, str]]
    org_units: Mapping[str, int]


def read_row(cells: Cells, row: int, subjects: Subjects) -> KpiRow:
    """Read one row. Raises RowRefused with the first thing that is wrong with it."""
    subject, name = _subject(cells, row, subjects)
    metric = text_of(cells, "metric") or refuse(row, "metric", "metric_missing", _("The KPI has no metric."))
    threshold, stretch = _amount(cells, row, "threshold"), _amount(cells, row, "stretch")
    target = _amount(cells, row, "target")
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
        ends=_end(cells, row),
    )


def text_of(cells: Cells, column: str) -> str:
    """The text of a cell, empty where there is none."""
    return str(cells.get(column) or "")


def _subject(cells: Cells, row: int, subjects: Subjects) -> tuple[tuple[str, int], str]:
    if number := text_of(cells, "employee_no"):
        if number_key(number) not in subjects.employees:
            refuse(row, "employee_no", "employee_unknown", _("Nobody has the number %(number)s."), number=number)
        pk, name = subjects.employees[number_key(number)]
        return ("employee", pk), name
    if path := text_of(cells, "org_unit"):
        if path not in subjects.org_units:
            refuse(row, "org_unit", "org_unit_unknown", _("There is no unit %(path)s."), path=path)
        return ("org_unit", subjects.org_units[path]), path
    sentence = _("The row names neither an employee nor a unit.")
    raise RowRefused(refusal(row, "employee_no", "subject_missing", sentence))


def _amount(cells: Cells, row: int, column: str) -> Amount | None:
    if fault := cells.get(f"{column}_fault"):
        refuse(row, column, str(fault), FAULTS[str(fault)], text=str(cells[column])[:60])
    micro, percent = cells.get(f"{column}_micro"), cells.get(f"{column}_percent")
    if micro is None:
        return None
    return Amount(from_micro(int(micro)), None if percent is None else from_micro(int(percent)))


def _weight(cells: Cells, row: int) -> Decimal:
    """A weight as a share of 1: people write 30%, 30 or 0.3."""
    amount = _amount(cells, row, "weight")
    if amount is None:
        refuse(row, "weight", "weight_missing", _("The weight is empty."))
    weight = amount.plain
    if amount.percent is None and weight > 1:
        weight /= 100
    if not 0 < weight <= 1:
        refuse(
            row,
            "weight",
            "weight_out_of_range",
            _("The weight must lie between 0 and 100 %%, not %(text)s."),
            text=text_of(cells, "weight"),
        )
    return weight


def _method(cells: Cells, row: int, threshold: Amount | None, stretch: Amount | None) -> str:
    text = text_of(cells, "method")
    if not text:
        return "threshold_target_stretch" if threshold is not None and stretch is not None else "completion_ratio"
    method = method_named(text)
    if method is None:
        refuse(row, "method", "method_unknown", _("“%(text)s” is not a scoring method for a KPI."), text=text[:40])
    if method == "threshold_target_stretch" and (threshold is None or stretch is None):
        refuse(row, "method", "bounds_missing", _("This scoring method needs a threshold and a stretch value."))
    return method


def _day(cells: Cells, row: int, column: str) -> Period | None:
    text = text_of(cells, column)
    if not text:
        return None
    try:
        return Period.parse(text)
    except PeriodError:
        refuse(row, column, "day_unreadable", _("“%(text)s” is not a date or period."), text=text[:40])


def _end(cells: Cells, row: int) -> Period | None:
    """The last day; None also for one that never comes, which is how many systems write that there is none."""
    try:
        end = Period.parse(text_of(cells, "valid_to"))
    except PeriodTooFar:
        return None
    except PeriodError:
        return _day(cells, row, "valid_to")
    return end if end.start.year < _NEVER else None


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
