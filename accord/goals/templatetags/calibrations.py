"""How calibration meetings are written on pages."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.domain.wording import percent
from accord.foundation.components.signs import badge
from accord.goals.calibration_words import evidence_of
from accord.goals.methods import method_name
from accord.goals.models import CalibrationItem, CalibrationMeeting
from accord.goals.queries.calibrations.history import Difference
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import quantity

register = template.Library()
register.filter("evidence", evidence_of)

_Kind, _Decision = CalibrationItem.Kind, CalibrationItem.Decision
_SIGNS = {
    _Kind.CHANGE: ("grey", "world"),
    _Kind.FAR_OFF: ("yellow", "target-arrow"),
    _Kind.LONG_RED: ("red", "flame"),
    _Kind.NO_EVIDENCE: ("grey", "file-alert"),
    _Kind.OBJECTION: ("primary", "message"),
    _Kind.RAISED: ("primary", "adjustments"),
}
_SAID = {
    "weight": gettext_lazy("weight %(before)s → %(after)s"),
    "target": gettext_lazy("target %(before)s → %(after)s"),
    "threshold": gettext_lazy("threshold %(before)s → %(after)s"),
    "stretch": gettext_lazy("stretch %(before)s → %(after)s"),
    "method": gettext_lazy("scoring method %(before)s → %(after)s"),
    "params": gettext_lazy("parameters of the scoring method changed"),
    "schedule": gettext_lazy("targets of single periods changed"),
    "added": gettext_lazy("added with a weight of %(after)s"),
    "removed": gettext_lazy("taken out, weight was %(before)s"),
}
_DECIDED = {
    _Decision.KEEP: ("green", "check"),
    _Decision.ADJUST: ("primary", "adjustments"),
    _Decision.FOLLOW: ("yellow", "eye"),
}


@register.simple_tag
def point_kind(point: CalibrationItem) -> SafeString:
    """Why a point stands on the agenda, as a word on a tint."""
    tone, sign = _SIGNS[_Kind(point.kind)]
    return badge(point.get_kind_display(), tone, sign)


@register.simple_tag
def decision(point: CalibrationItem) -> SafeString:
    """What was decided on a point."""
    if not point.decision:
        return badge(_("not decided"), "grey", "circle-dashed")
    tone, sign = _DECIDED[_Decision(point.decision)]
    return badge(point.get_decision_display(), tone, sign)


@register.simple_tag
def meeting_state(meeting: CalibrationMeeting) -> SafeString:
    """Where a meeting stands."""
    tones = {"planned": ("grey", "calendar"), "open": ("primary", "users-group"), "closed": ("green", "check")}
    return badge(meeting.get_state_display(), *tones[meeting.state])


@register.filter
def attained(share: Decimal | None) -> str:
    """An attainment in whole percent; a dash where there is none."""
    return "–" if share is None else f"{share * 100:.0f}%"


@register.filter
def points(score: Decimal | None) -> str:
    """A score with its two decimals; a dash where there is none yet."""
    return "–" if score is None else f"{score:.2f}"


@register.filter
def rhythm(frequency: int) -> str:
    """How often: daily, weekly, monthly, quarterly."""
    return str(Metric.Rhythm(frequency).label)


@register.filter
def in_words(difference: Difference) -> str:
    """What two wordings say differently about a line: weight 30% → 25%."""
    told = {"before": _shown(difference, difference.before), "after": _shown(difference, difference.after)}
    return str(_SAID[difference.field]) % told


def _shown(difference: Difference, value: Decimal | str | None) -> str:
    if difference.field == "method" and isinstance(value, str):
        return method_name(value)
    if not isinstance(value, Decimal):
        return _("none")
    is_share = difference.field in ("weight", "added", "removed")
    return percent(value) if is_share else quantity(value, difference.metric)
