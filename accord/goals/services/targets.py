"""Targets that follow their metric."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accord.domain.status import light_bounds
from accord.foundation.services import events
from accord.goals.models import KpiTarget
from accord.metrics.models import Metric

_BATCH = 2_000


@transaction.atomic
def follow_metric(metric_id: int, changed: Sequence[str]) -> None:
    """Reaction to `metric.changed`: which side of a target is the better one, and where lights turn, follow the metric.

    Running it again changes nothing.
    """
    if "direction" not in changed:
        return
    lower = Metric.objects.get(pk=metric_id).direction == Metric.Direction.DOWN
    turned = list(KpiTarget.objects.filter(series__metric=metric_id).exclude(lower_is_better=lower))
    for target in turned:
        target.lower_is_better = lower
        target.green_from, target.yellow_from = light_bounds(target.target, lower)
    KpiTarget.objects.bulk_update(turned, ["lower_is_better", "green_from", "yellow_from"], _BATCH)
    if turned:
        ranges = sorted({(target.from_period, target.to_period) for target in turned})
        events.record("kpis.changed", ranges=[list(pair) for pair in ranges])
