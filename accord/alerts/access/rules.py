"""Who may see and switch the rules that alerts follow: whoever keeps the metric library."""

from __future__ import annotations

from django.http import Http404

from accord.alerts.models import Rule
from accord.metrics.access.library import can_manage_metrics, metric_to_change, require_metric_keeper
from accord.metrics.models import Metric
from accord.people.access import Actor

may_switch = can_manage_metrics
require_switcher = require_metric_keeper


def metric_to_switch(actor: Actor, pk: int) -> Metric:
    """The metric `pk`, to switch its rules. Raises Http404, or PermissionDenied for whoever may not."""
    return metric_to_change(actor, pk)


def rule_called(name: str) -> Rule:
    """The rule of this name. Raises Http404."""
    if name not in Rule.values:
        raise Http404
    return Rule(name)
