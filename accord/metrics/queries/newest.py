"""The newest value of a metric of one person, for forms that show it instead of asking for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from accord.domain.periods import Period
from accord.foundation.prefill import Prefilled
from accord.metrics.models import Series
from accord.metrics.queries.library import metrics_by_name
from accord.metrics.queries.values import values_of
from accord.metrics.templatetags.metrics import quantity
from accord.people.models import Employee


def newest_for_form(employee: Employee, settings: Mapping[str, Any], on: date) -> Prefilled | None:
    """The newest value, up to a day, of the metric that `settings` names, in its own rhythm; None without one."""
    name = str(settings.get("metric", ""))
    metric = metrics_by_name([name]).get(name)
    if metric is None:
        return None
    series = Series.objects.filter(metric=metric, employee=employee).select_related("metric").first()
    newest = values_of([series], on=on).last() if series else None
    if series is None or newest is None:
        return None
    period = Period(newest.period).label
    words = quantity(newest.value, metric)
    label = {"zh": f"{metric.name} · {period} · {words}", "en": f"{metric.name_en or metric.name} · {period} · {words}"}
    url = reverse("metrics:origin", args=[series.pk, newest.period])
    return Prefilled(f"{newest.value:f}", {"label": label, "period": period, "shown": words, "url": url})
