"""The import itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import file_digest
from pathlib import Path

import polars as pl
from django.db import transaction

from accord.domain.numbers import from_micro
from accord.domain.periods import Period
from accord.foundation.imports import ImportOptions, ImportResult, Remark
from accord.foundation.models import User
from accord.foundation.spreadsheets import Sheet, read_sheet
from accord.metrics.errors.library import SourceMissing, SubjectColumnMissing
from accord.metrics.services.ingest import VALUES, Provenance, ingest
from accord.metrics.services.measurement_import.cells import with_values
from accord.metrics.services.measurement_import.columns import COLUMNS
from accord.metrics.services.measurement_import.conflicts import contradictions, typed_ratios
from accord.metrics.services.measurement_import.metric_names import with_metrics
from accord.metrics.services.measurement_import.periods import with_periods
from accord.metrics.services.measurement_import.subjects import with_subjects, within_reach
from accord.people.access import ImportReach, import_reach, visible_employees, visible_units

_PREVIEW = 200
_HIDDEN = "···"


def import_measurements(path: Path, options: ImportOptions) -> ImportResult:
    """Take every good row of a file of values in one transaction. Twice the same file changes nothing.

    Columns: employee number or unit path, metric, period, value. Option `source`, which must be given: the system or
    series of files that the values come from. Raises BusinessError when the source or a column is missing.
    """
    source = options.values.get("source", "").strip()
    if not source:
        raise SourceMissing
    file_name = options.run.file_name if options.run else path.name
    sheet = read_sheet(path, COLUMNS, file_name)
    if not sheet.found & {"employee_no", "org_unit"}:
        raise SubjectColumnMissing(file=file_name)
    values, refusals = _resolved(sheet, import_reach(options.actor))
    remarks = [*sheet.remarks, *refusals]
    refused = len({remark.row for remark in remarks if remark.is_refusal})
    options.progress(sheet.frame.height // 2, sheet.frame.height)
    with transaction.atomic():
        ingested = ingest(values, _provenance(path, source, refused, options))
        # A dry run does everything and then undoes it: what it tells is exactly what would happen.
        transaction.set_rollback(options.dry_run)
    options.progress(sheet.frame.height, sheet.frame.height)
    batch = ingested.batch
    return ImportResult(
        created=batch.created,
        changed=batch.changed,
        same=batch.same,
        refused=refused,
        remarks=tuple(remarks),
        preview=_preview(ingested.written, sheet.frame, options.actor) if options.dry_run else (),
    )


def _provenance(path: Path, source: str, refused: int, options: ImportOptions) -> Provenance:
    return Provenance(
        source=source[:100],
        actor=options.actor,
        run=options.run,
        file_name=options.run.file_name if options.run else path.name,
        digest=options.run.digest if options.run else _digest(path),
        refused=refused,
    )


def _resolved(sheet: Sheet, reach: ImportReach | None) -> tuple[pl.DataFrame, list[Remark]]:
    """The good rows as ingest wants them, and a refusal for each fault of the others."""
    absent = [key for key in ("employee_no", "org_unit") if key not in sheet.found]
    rows = sheet.frame.with_columns(pl.lit(None, pl.String).alias(key) for key in absent)
    remarks: list[Remark] = []
    reached = partial(within_reach, reach=reach)
    for step in (with_subjects, reached, with_metrics, with_periods, with_values):
        rows, refusals = step(rows)
        remarks += refusals
    rows = rows.drop("employee_no", "org_unit", "period", "value").rename({"key": "period", "micro": "value"})
    rows = rows.with_columns(pl.col("row").cast(pl.Int32)).drop_nulls(list(VALUES))
    refusals = [*contradictions(rows), *typed_ratios(rows)]
    rows = _without(rows, refusals).select(*VALUES)
    return rows, sorted([*remarks, *refusals], key=lambda remark: remark.row)


def _without(rows: pl.DataFrame, refusals: Sequence[Remark]) -> pl.DataFrame:
    if not refusals:
        return rows
    return rows.filter(~pl.col("row").is_in([remark.row for remark in refusals]))


def _preview(written: pl.DataFrame, cells: pl.DataFrame, reader: User | None) -> tuple[dict[str, str], ...]:
    """What would be written, in the words of the file; the value before only of those whose numbers one may see."""
    first = written.bottom_k(_PREVIEW, by="row").sort("row").select("row", "subject", "value", "before", key="period")
    whose = pl.coalesce(pl.col(key) for key in ("employee_no", "org_unit") if key in cells.columns)
    words = cells.select(pl.col("row").cast(pl.Int32), "metric", whose=whose)
    first = first.join(words, on="row", maintain_order="left")
    seen = _seen(set(first["subject"]), reader)
    return tuple(
        {
            "row": str(line["row"]),
            "what": f"{line['whose']} · {line['metric']} · {Period(line['key'])}",
            "before": _number(line["before"]) if line["subject"] in seen else _HIDDEN,
            "after": _number(line["value"]),
        }
        for line in first.iter_rows(named=True)
    )


def _seen(subjects: set[int], reader: User | None) -> set[int]:
    """Those of `subjects` whose numbers `reader` may see; on the command line all."""
    if reader is None:
        return subjects
    people = visible_employees(reader).filter(pk__in=[pk for pk in subjects if pk > 0])
    units = visible_units(reader).filter(pk__in=[-pk for pk in subjects if pk < 0])
    return {*people.values_list("pk", flat=True), *(-pk for pk in units.values_list("pk", flat=True))}


def _number(micro: int | None) -> str:
    return "" if micro is None else f"{from_micro(micro):f}"


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
