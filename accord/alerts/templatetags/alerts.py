"""How alerts are written on pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.alerts.models import Alert, Rule
from accord.alerts.queries.course import Miss, misses_of
from accord.alerts.queries.rules import Tried
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
    """What an alert rests on, in a line: 2026-W40: 80 (target 100) · 2026-W41: 90 (target 100); a fall from … to …."""
    metric = alert.series.metric
    if alert.rule == Rule.FALLING:
        return because(alert)
    return " · ".join(
        _("%(period)s: %(value)s (target %(target)s)")
        % {
            "period": miss.period.label,
            "value": quantity(miss.value, metric),
            "target": quantity(miss.target, metric),
        }
        for miss in misses_of(alert)
    )


@register.filter
def because(alert: Alert) -> str:
    """Which rule an alert follows, with its periods, as the second half of a sentence."""
    if alert.rule != Rule.FALLING:
        return _("below target in %(first)s and %(last)s") % _ends(alert)
    metric = alert.series.metric
    values = {"before": quantity(alert.earlier_value, metric), "after": quantity(alert.value, metric)}
    times = {"many": alert.period - alert.first_period}
    return _("worse %(many)s times in a row: from %(before)s in %(first)s to %(after)s in %(last)s") % (
        values | times | _ends(alert)
    )


@register.simple_tag
def rule_badge(alert: Alert) -> SafeString:
    """What is special about an alert: that it follows a falling trend, or only stands on the watch list."""
    fall = badge(Rule.FALLING.label, "yellow", "trending-down") if alert.rule == Rule.FALLING else SafeString()
    is_watched = alert.is_watched and alert.state == Alert.State.OPEN
    return format_html("{}{}", fall, badge(_("watch list"), "grey", "eye") if is_watched else "")


@register.filter
def counts_option(tried: Tried) -> dict[str, object]:
    """The would-be alerts of each period as bars."""
    return {
        "grid": {"left": 8, "right": 8, "top": 16, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [period.label for period in tried.periods]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [{"type": "bar", "barMaxWidth": 24, "data": list(tried.found.counts)}],
        "color": ["var(--yellow)"],
    }


def _ends(alert: Alert) -> dict[str, str]:
    return {"first": Period(alert.first_period).label, "last": Period(alert.period).label}


@register.simple_tag
def gap(miss: Miss, metric: Metric) -> SafeString:
    """How far a value was from its target, and on which side."""
    sentence = _("%(gap)s above") if metric.direction == Metric.Direction.DOWN else _("%(gap)s below")
    return format_html("{}", sentence % {"gap": quantity(miss.gap, metric)})


@register.filter
def withdrawal(alert: Alert) -> str:
    """Why an alert was withdrawn, in one sentence."""
    if alert.reason == Alert.Reason.OFF:
        return _("The rule was switched off for this metric.")
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
    if alert.reason == Alert.Reason.TREND:
        return _("Values before %(period)s were corrected; the fall is no larger than usual any more.") % values
    return _("The value of %(period)s, %(before)s, no longer counts: it or its target was taken back.") % values
