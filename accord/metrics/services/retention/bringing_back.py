"""Bringing a stored period back, and letting go of its file in the end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
from django.db import transaction

from accord.domain.numbers import from_micro
from accord.domain.periods import Period
from accord.foundation.services import events
from accord.metrics.errors.retention import NotStoredAway, StoredFileChanged, StoredFileGone
from accord.metrics.models import MeasurementRevision, Series, StoredPeriod
from accord.metrics.services.retention.storing import digest_of, folder
from accord.metrics.services.tables import KEY, measurement_table

_AT_ONCE = 5_000


def bring_back(period: Period) -> int:
    """Put the values of a stored period and what they were before back into the database; return how many values.

    Those of people and units that have been deleted since stay out. Raises NotStoredAway, StoredFileGone,
    StoredFileChanged; then nothing has changed.
    """
    with transaction.atomic():
        table = measurement_table()
        table.take_turn()
        stored = StoredPeriod.objects.filter(period=period.key).first()
        if stored is None:
            raise NotStoredAway(period=period.label)
        rows = _known(pl.read_parquet(_file_of(stored)).with_columns(period=pl.lit(period.key, pl.Int32)))
        values = rows.filter(pl.col("replaced_by") == 0).sort(KEY)
        for part in values.partition_by("batch_id"):
            table.insert(part.select(*KEY, "value", pl.col("row").cast(pl.Int32)), part.item(0, "batch_id"))
        _insert_revisions(rows.filter(pl.col("replaced_by") != 0))
        stored.delete()
        events.record("values.brought_back", subject=f"periods:{period.key}", period=period.key, values=values.height)
    return values.height


def forget_stored(ended_before: date) -> list[Period]:
    """Delete the files of stored periods that had ended before a day; their digests stay. Return the periods."""
    gone = []
    for stored in StoredPeriod.objects.exclude(file_name="").order_by("period"):
        period = Period(stored.period)
        if period.end < ended_before:
            with transaction.atomic():
                StoredPeriod.objects.filter(pk=stored.pk).update(file_name="")
                events.record("values.forgotten", subject=f"stored_periods:{stored.pk}", period=period.key)
                # Last, so that what cannot be recorded is not deleted; deleting it twice is no harm.
                (folder() / stored.file_name).unlink(missing_ok=True)
            gone.append(period)
    return gone


def _file_of(stored: StoredPeriod) -> Path:
    path = folder() / stored.file_name
    names = {"period": Period(stored.period).label, "file": stored.file_name or Period(stored.period).label}
    if not stored.file_name or not path.exists():
        raise StoredFileGone(**names)
    if digest_of(path) != stored.digest:
        raise StoredFileChanged(**names)
    return path


def _known(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows whose series are still there."""
    known = pl.Series(list(Series.objects.values_list("pk", flat=True)), dtype=pl.Int64)
    return rows.filter(pl.col("series_id").is_in(known.implode()))


def _insert_revisions(rows: pl.DataFrame) -> None:
    chosen = rows.select("period", "series_id", "value", "batch_id", "row", replaced_by_id="replaced_by")
    MeasurementRevision.objects.bulk_create(
        (MeasurementRevision(**{**row, "value": from_micro(row["value"])}) for row in chosen.iter_rows(named=True)),
        batch_size=_AT_ONCE,
    )
