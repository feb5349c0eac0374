"""Checking and loading a file: what happens between a stored file and its result."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import NamedTuple

from django.db import OperationalError
from django.utils import timezone

from accord.foundation.errors import BusinessError
from accord.foundation.imports.contract import ImportOptions, ImportResult, Progress
from accord.foundation.imports.errors import Interrupted
from accord.foundation.imports.files import new_name, path_of
from accord.foundation.imports.kinds import import_kind
from accord.foundation.imports.originals import keep_rows
from accord.foundation.imports.refusals import WORKBOOK_ROWS, refused_rows, write_refused
from accord.foundation.imports.remarks import Headings, stored, stored_error
from accord.foundation.imports.turns import one_at_a_time
from accord.foundation.models import ImportRun, User
from accord.foundation.spreadsheets import Remark, Sheet, read_sheet

logger = logging.getLogger(__name__)

STORED_REMARKS = 200
STORED_PREVIEW = 200


class _AlreadyDone(Exception):
    """Another attempt at the same load was faster; this one is undone."""


class Outcome(NamedTuple):
    """What an import said, and the file it said it of."""

    sheet: Sheet
    result: ImportResult


def check(run: ImportRun, progress: Progress) -> Outcome:
    """Say what loading the file would do; writes nothing but the answer. Raises BusinessError for a file beyond use."""
    try:
        sheet = _opened(run)
        result = _imported(run, sheet, dry_run=True, actor=run.started_by, progress=progress)
    except BusinessError as error:
        _step(run, ImportRun.State.CHECKING, ImportRun.State.FAILED, error=stored_error(error))
        raise
    _keep_result(run, ImportRun.State.CHECKING, ImportRun.State.CHECKED, sheet, result)
    return Outcome(sheet, result)


def load(run: ImportRun, progress: Progress, actor: User | None) -> Outcome:
    """Take every good row: all of it and the run's new state in one transaction, or nothing.

    A second attempt at the same run waits for the first and then changes nothing. Raises BusinessError when the file
    is beyond use, and what the database raises; the run then waits again to be loaded.
    """
    try:
        sheet = _opened(run)
        keep_rows(run, sheet)
        with one_at_a_time():
            result = _imported(run, sheet, dry_run=False, actor=actor, progress=progress)
            if not _keep_result(run, ImportRun.State.LOADING, ImportRun.State.DONE, sheet, result):
                raise _AlreadyDone
    except _AlreadyDone:
        result = _stored_result(run)
    except BusinessError as error:
        _step(run, ImportRun.State.LOADING, ImportRun.State.FAILED, error=stored_error(error))
        raise
    return Outcome(sheet, result)


def give_up(run: ImportRun, error: BaseException) -> None:
    """After a fault of ours: a check has failed, a load may be tried again."""
    logger.error("import %s was interrupted", run.pk, exc_info=error)
    fault = stored_error(Interrupted(run=run.pk))
    _step(run, ImportRun.State.CHECKING, ImportRun.State.FAILED, error=fault)
    _step(run, ImportRun.State.LOADING, ImportRun.State.CHECKED, error=fault)


def is_passing(error: Exception) -> bool:
    """Whether it is worth trying again by itself: the database was busy or restarted."""
    return isinstance(error, OperationalError)


def _opened(run: ImportRun) -> Sheet:
    return read_sheet(path_of(run.stored_as), import_kind(run.kind).load_columns(), run.file_name)


def _imported(run: ImportRun, sheet: Sheet, *, dry_run: bool, actor: User | None, progress: Progress) -> ImportResult:
    progress(0, sheet.frame.height)
    options = ImportOptions(dry_run=dry_run, actor=actor, run=run, values=run.options, progress=progress)
    # The importer's own read_sheet gets the very `sheet` that is held here.
    result = import_kind(run.kind).load_importer()(path_of(run.stored_as), options)
    return _with_reader(result, sheet)


def _with_reader(result: ImportResult, sheet: Sheet) -> ImportResult:
    """Add what the reader of the file refused, unless the importer did so itself."""
    missing = [remark for remark in sheet.remarks if remark not in result.remarks]
    remarks: list[Remark] = sorted([*missing, *result.remarks], key=lambda remark: remark.row)
    return replace(result, refused=result.refused + len(refused_rows(missing)), remarks=tuple(remarks))


def _keep_result(
    run: ImportRun, before: ImportRun.State, after: ImportRun.State, sheet: Sheet, result: ImportResult
) -> bool:
    refusals = [remark for remark in result.remarks if remark.is_refusal]
    warnings = [remark for remark in result.remarks if not remark.is_refusal]
    return _step(
        run,
        before,
        after,
        created=result.created,
        changed=result.changed,
        same=result.same,
        refused=result.refused,
        warnings=len(warnings),
        rows_done=sheet.raw.height,
        rows_total=sheet.raw.height,
        remarks=stored([*refusals[:STORED_REMARKS], *warnings[:STORED_REMARKS]]),
        preview=list(result.preview[:STORED_PREVIEW]),
        refused_stored_as=_refused_file(run, sheet, result),
        error={},
    )


def _refused_file(run: ImportRun, sheet: Sheet, result: ImportResult) -> str:
    refused = len(refused_rows(result.remarks))
    if not refused:
        return ""
    stored_as = new_name(".refused.xlsx" if refused <= WORKBOOK_ROWS else ".refused.csv")
    path = path_of(stored_as)
    write_refused(path, sheet, result.remarks, Headings(import_kind(run.kind)))
    path.chmod(0o600)
    return stored_as


def _step(run: ImportRun, before: ImportRun.State, after: ImportRun.State, **values: object) -> bool:
    """Move `run` on, unless somebody else did; the object follows the row."""
    if after in (ImportRun.State.DONE, ImportRun.State.FAILED):
        values["finished_at"] = timezone.now()
    moved = ImportRun.objects.filter(pk=run.pk, state=before).update(state=after, **values)
    if moved:
        run.refresh_from_db()
    return bool(moved)


def _stored_result(run: ImportRun) -> ImportResult:
    run.refresh_from_db()
    return ImportResult(created=run.created, changed=run.changed, same=run.same, refused=run.refused)
