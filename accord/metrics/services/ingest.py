"""Ingest: values from a file or a connector become measurements, with their origin, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from django.db import transaction

from accord.domain.periods import Period
from accord.foundation.models import ImportRun, User
from accord.foundation.services import events
from accord.metrics.errors.retention import PeriodStoredAway
from accord.metrics.models import Batch, Freshness, Source
from accord.metrics.queries.retention import stored_among
from accord.metrics.services.merging import is_written, merge
from accord.metrics.services.ratios import derive_ratios
from accord.metrics.services.series import with_series
from accord.metrics.services.tables import measurement_table
from accord.metrics.services.withdrawing import GONE, withdraw

VALUES = {"row": pl.Int32, "metric_id": pl.Int64, "subject": pl.Int64, "period": pl.Int32, "value": pl.Int64}
"""What ingest takes: the row in the delivery, the metric, the subject (see services.series), the key of the period, and
the value in whole millionths.
"""


@dataclass(frozen=True)
class Provenance:
    """Where values come from and who brought them."""

    source: str
    actor: User | None = None
    run: ImportRun | None = None
    file_name: str = ""
    digest: str = ""
    refused: int = 0
    mapping_version: int = 1


@dataclass(frozen=True)
class Ingested:
    """The batch with its counts, and what was written: `row`, `metric_id`, `subject`, `period`, `value`, `before`."""

    batch: Batch
    written: pl.DataFrame


def ingest(values: pl.DataFrame, provenance: Provenance, gone: pl.DataFrame | None = None) -> Ingested:
    """Bring the measurements to `values` (columns VALUES) and record `measurements.recorded`. All or nothing.

    New values are added, differing ones replace what is stored, which becomes a revision, and equal ones change
    nothing: the same delivery twice is counted as the same. A key may come twice only with the same value. `gone` are
    values (GONE) that this source once worked out from its rows and now has no row for: they are withdrawn, unless
    somebody else has brought another value since. One ingest works at a time, the next one waits. Raises
    PeriodStoredAway where a period has left the database.
    """
    with transaction.atomic():
        table = measurement_table()
        table.take_turn()
        _refuse_stored(values)
        batch = _open_batch(provenance)
        compared = merge(table, with_series(table, values), batch.pk)
        written = compared.filter(is_written())
        withdrawn = withdraw(table, gone, batch) if gone is not None else pl.DataFrame(schema=GONE)
        touched = pl.concat([compared.select(*GONE), withdrawn])
        derived = derive_ratios(table, touched, batch.pk)
        _count(batch, arrived=values.height, written=written)
        _keep_freshness(batch, pl.concat([compared.select("metric_id", "period"), derived]))
        periods = pl.concat([written["period"], withdrawn["period"], derived["period"]]).unique().sort().to_list()
        events.record(
            "measurements.recorded",
            subject=f"batches:{batch.pk}",
            actor=provenance.actor,
            batch_id=batch.pk,
            periods=periods,
        )
    return Ingested(batch, written.select(*VALUES, "before"))


def _refuse_stored(values: pl.DataFrame) -> None:
    """A period in a file is whole; a value beside it would make two halves of it."""
    stored = stored_among(values["period"].unique().to_list())
    if stored:
        raise PeriodStoredAway(period=Period(min(stored)).label)


def _open_batch(provenance: Provenance) -> Batch:
    source, _ = Source.objects.get_or_create(name=provenance.source)
    return Batch.objects.create(
        source=source,
        run=provenance.run,
        file_name=provenance.file_name[:255],
        digest=provenance.digest,
        received_by=provenance.actor,
        refused=provenance.refused,
        mapping_version=provenance.mapping_version,
    )


def _count(batch: Batch, *, arrived: int, written: pl.DataFrame) -> None:
    batch.created = written["before"].null_count()
    batch.changed = written.height - batch.created
    batch.same = arrived - written.height
    batch.save(update_fields=["created", "changed", "same"])


def _keep_freshness(batch: Batch, arrived: pl.DataFrame) -> None:
    """Move “data until” forward for every metric that the batch brought a newer period of."""
    known = dict(Freshness.objects.filter(source=batch.source_id).values_list("metric_id", "period"))
    newest = arrived.group_by("metric_id").agg(pl.col("period").max()).sort("metric_id")
    Freshness.objects.bulk_create(
        (
            Freshness(metric_id=metric, source_id=batch.source_id, period=period)
            for metric, period in newest.iter_rows()
            if period > known.get(metric, 0)
        ),
        update_conflicts=True,
        unique_fields=["metric", "source"],
        update_fields=["period"],
    )
