"""Reads of values for charts, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Max, QuerySet

from accord.domain.periods import Frequency, Period
from accord.foundation.clock import organisation_day
from accord.metrics.models import Freshness, Measurement, Metric, Series, Source

_JUMPS = """
    WITH RECURSIVE jumps(period) AS (
        SELECT min(period) FROM measurements
        UNION ALL
        SELECT (SELECT min(period) FROM measurements WHERE period > jumps.period) FROM jumps WHERE period IS NOT NULL
    )
    SELECT period FROM jumps WHERE period IS NOT NULL
"""


def last_periods(frequency: Frequency, most: int, on: date | None = None) -> list[Period]:
    """The last `most` periods up to the one that contains a day (today), the oldest first."""
    newest = Period.of(on or organisation_day(), frequency)
    return [newest - back for back in range(most - 1, -1, -1)]


def values_of(series: Iterable[Series], last: int = 13, on: date | None = None) -> QuerySet[Measurement]:
    """The values of some series (with their metrics at hand) in the last periods up to a day, in the order of time.

    One query by key: `period` leads the key of the table, so periods are named and not only bounded.
    """
    chosen = list(series)
    frequencies = {Frequency(each.metric.frequency) for each in chosen}
    keys = [period.key for frequency in frequencies for period in last_periods(frequency, last, on)]
    return Measurement.objects.filter(period__in=keys, series__in=chosen).order_by("series_id", "period")


def periods_with_values() -> list[int]:
    """The keys of all periods that have a value, in order. Jumps from key to key instead of reading the table."""
    with connection.cursor() as cursor:
        cursor.execute(_JUMPS)
        return [period for (period,) in cursor.fetchall()]


def data_until(metric: Metric) -> Period | None:
    """The newest period for which `metric` has a value, of whomever; None without any."""
    key = Freshness.objects.filter(metric=metric).aggregate(newest=Max("period"))["newest"]
    return Period(key) if key else None


def data_until_by_source(source: Source) -> dict[Frequency, Period]:
    """How far the values of a source reach, for each frequency that it delivers."""
    newest = Freshness.objects.filter(source=source).values("metric__frequency").annotate(newest=Max("period"))
    return {Frequency(row["metric__frequency"]): Period(row["newest"]) for row in newest}


def freshness_of(metric: Metric) -> QuerySet[Freshness]:
    """How far each source reaches for `metric`, the freshest first."""
    return Freshness.objects.filter(metric=metric).select_related("source").order_by("-period", "source__name")
