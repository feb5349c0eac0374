"""How old the numbers of a board are: until when there is data, and which metrics lag behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max

from accord.domain.periods import Frequency, Period
from accord.metrics.models import Freshness, Metric


@dataclass(frozen=True)
class DataAge:
    """The newest period shown of each rhythm, and the metrics whose newest value is older, each with its period."""

    until: Sequence[Period]
    behind: Sequence[tuple[Metric, Period | None]]


def age_of(metrics: Iterable[Metric], periods: Mapping[Frequency, Period]) -> DataAge:
    """The age of some metrics on a board that shows `periods`; one statement."""
    chosen = list(metrics)
    newest = dict(
        Freshness.objects.filter(metric__in=chosen)
        .values("metric")
        .annotate(newest=Max("period"))
        .values_list("metric", "newest")
    )
    used = {Frequency(metric.frequency) for metric in chosen}
    return DataAge(
        until=[period for rhythm, period in sorted(periods.items()) if rhythm in used],
        behind=[(metric, _period(newest.get(metric.pk))) for metric in chosen if _lags(metric, newest, periods)],
    )


def _lags(metric: Metric, newest: Mapping[int, int], periods: Mapping[Frequency, Period]) -> bool:
    shown = periods.get(Frequency(metric.frequency))
    return shown is not None and newest.get(metric.pk, 0) < shown.key


def _period(key: int | None) -> Period | None:
    return Period(key) if key else None
