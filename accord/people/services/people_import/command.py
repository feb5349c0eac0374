"""`accord import people FILE`."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path

from django.db import transaction

from accord.foundation.clock import organisation_day
from accord.foundation.imports import ImportOptions, ImportResult
from accord.foundation.imports.rows import RowRefused
from accord.foundation.spreadsheets import Sheet, read_sheet
from accord.people.errors import DayNotPossible
from accord.people.services.people_import.checks import check, warn_of_loose_ends
from accord.people.services.people_import.columns import COLUMNS, number_key
from accord.people.services.people_import.draft import Draft
from accord.people.services.people_import.known import last_change, load_known
from accord.people.services.people_import.plan import Plan, plan, preview
from accord.people.services.people_import.reach import reach_of
from accord.people.services.people_import.rows import read_row
from accord.people.services.people_import.storing import store
from accord.people.services.staging import take_turn

_REPORT_EVERY = 5_000


def import_people(path: Path, options: ImportOptions) -> ImportResult:
    """Take units, positions, people, accounts and lines from a file: every good row, in one transaction.

    The file is not the whole truth: people who are not in it stay as they are, and so does what it has no column for.
    `options.values["effective_on"]` is the day from which changes hold (today); it must not be before the last change
    that is known. Newcomers belong here since the day they were hired on, as far as the file tells it.
    """
    sheet = read_sheet(path, COLUMNS)
    with nullcontext() if options.dry_run else transaction.atomic():
        if not options.dry_run:
            take_turn()
        day = _effective_on(options)
        draft = draft_from(sheet, options)
        made = plan(draft)
        if not options.dry_run:
            store(made, day, options)
    return _result(sheet, made)


def draft_from(sheet: Sheet, options: ImportOptions) -> Draft:
    """Read and check all rows against each other and against the database."""
    draft = Draft(load_known())
    keys = [column.key for column in COLUMNS if column.key in sheet.found]
    total = sheet.frame.height
    for done, (row, *cells) in enumerate(sheet.frame.select("row", *keys).iter_rows(), start=1):
        named = dict(zip(keys, cells, strict=True))
        try:
            draft.take(read_row(named, row))
        except RowRefused as refused:
            draft.reject(number_key(named["employee_no"] or ""), refused.remark)
        if done % _REPORT_EVERY == 0 or done == total:
            options.progress(done, total)
    check(draft, reach_of(options.actor))
    warn_of_loose_ends(draft)
    return draft


def _effective_on(options: ImportOptions) -> date:
    today = organisation_day()
    told = options.values.get("effective_on")
    if not told:
        return today
    day, first = date.fromisoformat(told), last_change() or date.min
    if not first <= day <= today:
        raise DayNotPossible(day=day, first=first, last=today)
    return day


def _result(sheet: Sheet, made: Plan) -> ImportResult:
    remarks = sorted([*sheet.remarks, *made.draft.sorted_remarks()], key=lambda remark: remark.row)
    return ImportResult(
        created=len(made.created),
        changed=len(made.changed),
        same=made.same,
        refused=len({remark.row for remark in remarks if remark.is_refusal}),
        remarks=tuple(remarks),
        preview=preview(made),
    )
