"""Taking old periods out of the database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from hashlib import file_digest
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import transaction

from accord.domain.periods import Period
from accord.foundation.services import events
from accord.metrics.models import StoredPeriod
from accord.metrics.queries.values import periods_with_values
from accord.metrics.services.retention.frames import read_period
from accord.metrics.services.tables import measurement_table


def periods_before(day: date) -> list[Period]:
    """The periods with values in the database that had ended before `day`, oldest first."""
    return [period for period in map(Period, periods_with_values()) if period.end < day]


def store_away(periods: list[Period]) -> Iterator[StoredPeriod]:
    """Write the values of each period to a file and take them out of the database, one transaction a period.

    The file is on the disk before anything is deleted, so a process that dies in between loses nothing; the next one
    writes the file anew. Records `values.stored_away`, by which the digest comes into the archive.
    """
    for period in periods:
        with transaction.atomic():
            table = measurement_table()
            table.take_turn()
            rows = read_period(period.key)
            if rows.is_empty():
                continue
            path = folder() / f"{period.label}.parquet"
            stored = StoredPeriod.objects.create(
                period=period.key,
                file_name=path.name,
                digest=_write(rows, path),
                values=rows.filter(pl.col("replaced_by") == 0).height,
                revisions=rows.filter(pl.col("replaced_by") != 0).height,
            )
            table.clear(period.key)
            events.record(
                "values.stored_away",
                subject=f"stored_periods:{stored.pk}",
                stored_period_id=stored.pk,
                period=period.key,
                values=stored.values,
                revisions=stored.revisions,
                digest=stored.digest,
            )
        yield stored


def folder() -> Path:
    """Where the files lie, made at first need and readable by nobody else."""
    path = Path(settings.HOME) / "values"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _write(rows: pl.DataFrame, path: Path) -> str:
    """Write whole or not at all: a half-written file never has the name of a whole one."""
    half = path.with_suffix(".writing")
    rows.write_parquet(half, compression="zstd")
    half.chmod(0o600)
    _to_disk(half, os.O_RDWR)
    half.replace(path)
    _to_disk(path.parent, os.O_RDONLY)
    return digest_of(path)


def _to_disk(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
