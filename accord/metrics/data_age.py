"""How old the numbers of a metric are: until when they reach, and whether their source fails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from accord.domain.periods import Period
from accord.foundation.clock import organisation_day
from accord.metrics.models import Freshness, Metric
from accord.metrics.queries.connections import Trouble, trouble_of


@dataclass(frozen=True)
class DataAge:
    """The day until which the numbers reach (today for a period that still runs); None without any."""

    until: date | None
    trouble: Trouble | None = None


def ages_of(metrics: Iterable[Metric], today: date | None = None) -> dict[int, DataAge]:
    """The age of each of `metrics`, by its key; two queries however many there are."""
    chosen = list(metrics)
    newest = dict(Freshness.objects.filter(metric__in=chosen).values_list("metric").annotate(Max("period")).order_by())
    troubles = trouble_of(chosen)
    day = today or organisation_day()
    return {metric.pk: DataAge(_until(newest.get(metric.pk), day), troubles.get(metric.pk)) for metric in chosen}


def age_of(metric: Metric) -> DataAge:
    """The age of one metric."""
    return ages_of([metric])[metric.pk]


def _until(period: int | None, today: date) -> date | None:
    return min(Period(period).end, today) if period else None
