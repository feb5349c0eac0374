"""Bringing leave in from the office or attendance system: days only, and only those that are not over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from accord.foundation.clock import organisation_day
from accord.foundation.imports import ImportOptions, ImportResult, Remark
from accord.foundation.imports.rows import RowRefused, read_day, refuse
from accord.foundation.models import User
from accord.foundation.services.events import record
from accord.foundation.spreadsheets import Column, read_sheet
from accord.people.access import import_reach
from accord.people.models import Employee
from accord.people.queries.leaves import Stretch
from accord.people.services.leaves import LONGEST, add_days
from accord.people.services.people_import.columns import number_key
from accord.people.services.staging import take_turn

COLUMNS = (
    Column("employee_no", ("工号", "employee_no", "员工编号")),
    Column("first_day", ("起始日期", "first_day", "开始日期", "第一天")),
    Column("last_day", ("截止日期", "last_day", "结束日期", "最后一天")),
)

Cells = Mapping[str, Any]
Wanted = Mapping[int, Sequence[Stretch]]


def import_leave(path: Path, options: ImportOptions) -> ImportResult:
    """Note every good row in one transaction. Twice the same file changes nothing; nothing is taken back, and days that
    are over are left out.
    """
    sheet = read_sheet(path, COLUMNS)
    with transaction.atomic():
        take_turn()
        wanted, remarks = _read(sheet.frame.iter_rows(named=True), options.actor)
        created = add_days(wanted)
        options.progress(sheet.frame.height, sheet.frame.height)
        if created:
            record("leave.imported", actor=options.actor, count=created)
        transaction.set_rollback(options.dry_run)
    told = sorted([*sheet.remarks, *remarks], key=lambda remark: remark.row)
    return ImportResult(created, 0, sheet.frame.height - len(remarks) - created, len(told), tuple(told))


def _read(lines: Iterable[Cells], actor: User | None) -> tuple[Wanted, list[Remark]]:
    """The days of each person, and what is wrong with the rows that say none."""
    reach = import_reach(actor)
    people = Employee.objects.all() if reach is None else Employee.objects.filter(pk__in=reach.employees)
    keys = {number_key(number): pk for number, pk in people.values_list("employee_no", "pk")}
    wanted, today = defaultdict[int, list[Stretch]](list), organisation_day()
    remarks: list[Remark] = []
    for line in lines:
        try:
            person, days = _row(line, keys)
            if days.last_day >= today:
                wanted[person].append(days)
        except RowRefused as refused:
            remarks.append(refused.remark)
    return wanted, remarks


def _row(line: Cells, keys: Mapping[str, int]) -> tuple[int, Stretch]:
    row, number = int(line["row"]), _text(line, "employee_no")
    person = keys.get(number_key(number))
    if person is None:
        sentence = _("Nobody for whom you may bring leave in has the number “%(number)s”.")
        refuse(row, "employee_no", "employee_unknown", sentence, number=number[:40])
    days = Stretch(*(read_day(row, column, _text(line, column)) for column in ("first_day", "last_day")))
    if days.last_day < days.first_day:
        refuse(row, "last_day", "leave_ends_first", _("The last day of leave comes before the first."))
    if days.last_day - days.first_day >= LONGEST:
        refuse(row, "last_day", "leave_too_long", _("Leave of more than a year is not noted here."))
    return person, days


def _text(line: Cells, column: str) -> str:
    return str(line.get(column) or "").strip()
