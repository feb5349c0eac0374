"""Where a value comes from: its batch, the row of the file as it was, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from accord.domain.periods import Period
from accord.foundation.errors import BusinessError
from accord.foundation.imports.originals import open_run_row
from accord.metrics.models import Batch, Measurement, MeasurementRevision, Series


@dataclass(frozen=True)
class Origin:
    """One value and everything there is to say about where it comes from.

    `cells` is the row of the file as it was: header → text; empty for a computed value or when the file is gone, which
    `gone` then explains. `parts` are the numerator and denominator of a computed ratio. `earlier` begins with the
    newest.
    """

    series: Series
    period: Period
    value: Decimal
    batch: Batch
    row: int
    cells: dict[str, str]
    gone: BusinessError | None
    parts: tuple[Measurement, ...]
    earlier: tuple[MeasurementRevision, ...]

    @property
    def is_computed(self) -> bool:
        """Whether the value was worked out from two others."""
        return self.row == Measurement.COMPUTED

    @property
    def is_from_rows(self) -> bool:
        """Whether the value was worked out from rows of a source: see queries.source_rows."""
        return self.row == Measurement.FROM_ROWS


def origin_of(series: Series, period: int) -> Origin | None:
    """The origin of the value of `series` in the period of this key; None when there is no value.

    `series` has its metric at hand.
    """
    related = ("batch__source", "batch__received_by", "batch__run")
    measurement = Measurement.objects.select_related(*related).filter(series=series, period=period).first()
    if measurement is None:
        return None
    cells, gone = _cells(measurement)
    return Origin(
        series=series,
        period=Period(period),
        value=measurement.value,
        batch=measurement.batch,
        row=measurement.row,
        cells=cells,
        gone=gone,
        parts=_parts(series, period) if measurement.row == Measurement.COMPUTED else (),
        earlier=tuple(
            MeasurementRevision.objects.filter(series=series, period=period)
            .select_related("batch__source", "batch__received_by", "replaced_by__source", "replaced_by__received_by")
            .order_by("-pk")
        ),
    )


def _cells(measurement: Measurement) -> tuple[dict[str, str], BusinessError | None]:
    run = measurement.batch.run
    if run is None or measurement.row <= Measurement.COMPUTED:
        return {}, None
    try:
        return open_run_row(run, measurement.row), None
    except BusinessError as gone:
        return {}, gone


def _parts(series: Series, period: int) -> tuple[Measurement, ...]:
    """The values of numerator and denominator of the same subject, in this order."""
    metric = series.metric
    found = Measurement.objects.filter(
        period=period,
        series__in=Series.objects.filter(
            metric__in=[metric.numerator_id, metric.denominator_id],
            employee=series.employee_id,
            org_unit=series.org_unit_id,
        ),
    ).select_related("series__metric")
    by_metric = {measurement.series.metric_id: measurement for measurement in found}
    return tuple(by_metric[part] for part in (metric.numerator_id, metric.denominator_id) if part in by_metric)
