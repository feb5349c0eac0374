"""How alerts are written on pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.alerts.models import Alert
from accord.alerts.queries.course import Miss, misses_of
from accord.domain.periods import Period
from accord.foundation.components.signs import badge
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import quantity

register = template.Library()

_TONES = {Alert.State.OPEN: "red", Alert.State.CLEARED: "green", Alert.State.WITHDRAWN: "grey"}
_SIGNS = {Alert.State.OPEN: "alert-triangle", Alert.State.CLEARED: "check", Alert.State.WITHDRAWN: "arrow-back-up"}


@register.filter
def period_label(key: int) -> str:
    """A stored period as people write it."""
    return Period(key).label


@register.filter
def whose(alert: Alert) -> str:
    """The person or the unit whose KPI it is."""
    subject = alert.series.employee or alert.series.org_unit
    return subject.name if subject else ""


@register.simple_tag
def alert_state(alert: Alert) -> SafeString:
    """The state of an alert as colour, sign and word."""
    state = Alert.State(alert.state)
    return badge(state.label, _TONES[state], _SIGNS[state])


@register.filter
def numbers_of(alert: Alert) -> str:
    """The two misses in a line: 2026-W40: 80 (target 100) · 2026-W41: 90 (target 100)."""
    metric = alert.series.metric
    return " · ".join(
        _("%(period)s: %(value)s (target %(target)s)")
        % {
            "period": miss.period.label,
            "value": quantity(miss.value, metric),
            "target": quantity(miss.target, metric),
        }
        for miss in misses_of(alert)
    )


@register.simple_tag
def gap(miss: Miss, metric: Metric) -> SafeString:
    """How far a value was from its target, and on which side."""
    sentence = _("%(gap)s above") if metric.direction == Metric.Direction.DOWN else _("%(gap)s below")
    return format_html("{}", sentence % {"gap": quantity(miss.gap, metric)})


@register.filter
def withdrawal(alert: Alert) -> str:
    """Why an alert was withdrawn, in one sentence."""
    metric = alert.series.metric
    values = {
        "period": Period(alert.closed_period or alert.period).label,
        "before": quantity(alert.reason_before, metric),
        "after": quantity(alert.reason_after, metric),
    }
    if alert.reason == Alert.Reason.VALUE:
        return _("The value of %(period)s was corrected from %(before)s to %(after)s.") % values
    if alert.reason == Alert.Reason.TARGET:
        return _("The target of %(period)s was changed from %(before)s to %(after)s.") % values
    return _("The value of %(period)s, %(before)s, no longer counts: it or its target was taken back.") % values
