"""The files 远航电商 would import: people, KPIs, and values week by week."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accord.demo.company import COMPANY, Person
from accord.demo.sources import comes_from_tickets
from accord.demo.story import HISTORY, Reading, readings
from accord.demo.targets import QUOTAS, STORE_GROUPS, UNIT_QUOTAS
from accord.domain.periods import Frequency, Period
from accord.goals.shipped import shipped_metrics

_FREQUENCIES = {"week": Frequency.WEEK, "month": Frequency.MONTH, "quarter": Frequency.QUARTER}


@dataclass(frozen=True)
class Delivery:
    """One file of values: from which source, and on which day it came in."""

    path: Path
    source: str
    on: date


def people_file(folder: Path, staff: Iterable[Person]) -> Path:
    """The roster as HR keeps it."""
    header = ("工号", "姓名", "邮箱", "部门", "岗位", "直属上级工号", "入职日期", "状态")
    rows = (
        (each.employee_no, each.name, each.email, each.org_unit, each.position, each.manager_no, each.hired_on, "在职")
        for each in staff
    )
    return _write(folder / "花名册.csv", header, rows)


def kpi_files(folder: Path, staff: Iterable[Person], quarters: Sequence[Period], since: date) -> list[Path]:
    """The agreed KPIs of people and of the store groups, one file a quarter; the first begins with the first values."""
    people = [(person.employee_no, "", *quota) for person in staff for quota in QUOTAS.get(person.position, ())]
    units = [("", f"{COMPANY}/{group}", *quota) for group in STORE_GROUPS for quota in UNIT_QUOTAS]
    header = ("工号", "部门", "指标", "权重", "目标", "生效自", "生效至")
    return [
        _write(
            folder / f"KPI {quarter.label}.csv",
            header,
            (
                (number, unit, metric, f"{weight:.0%}", target, max(quarter.start, since), quarter.end)
                for number, unit, metric, weight, target in people + units
            ),
        )
        for quarter in quarters
    ]


def value_files(folder: Path, staff: list[Person], today: date) -> list[Delivery]:
    """All values in the order in which they came in, one file a source and week."""
    sources = {name: entry["source"] for name, entry in shipped_metrics().items()}
    newest = {every: Period.of(today, _FREQUENCIES[every]) - 1 for every in HISTORY}
    grouped: defaultdict[tuple[date, str], list[tuple[Reading, Period]]] = defaultdict(list)
    positions = {person.employee_no: person.position for person in staff}
    for each in readings(staff):
        if comes_from_tickets(each, positions):
            continue
        period = newest[each.every] - each.ago
        grouped[period.end, _system(sources[each.metric])].append((each, period))
    return [_delivery(folder, source, last, rows) for (last, source), rows in sorted(grouped.items(), key=_when)]


def _delivery(folder: Path, source: str, last: date, rows: list[tuple[Reading, Period]]) -> Delivery:
    path = _write(
        folder / f"{source} {last}.csv",
        ("工号", "部门", "指标", "周期", "数值"),
        (
            ("", each.subject, each.metric, period.label, each.value)
            if each.subject.startswith(COMPANY)
            else (each.subject, "", each.metric, period.label, each.value)
            for each, period in rows
        ),
    )
    return Delivery(path, source, last)


def _when(item: tuple[tuple[date, str], object]) -> tuple[date, str]:
    return item[0]


def _system(source: str) -> str:
    """Three feeds stand for the dozen systems a real company has."""
    return source if source in ("CRM", "工单系统") else "经营数据"


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path
