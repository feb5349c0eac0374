"""How calibration meetings are written on pages."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.foundation.components.signs import badge
from accord.goals.calibration_words import evidence_of
from accord.goals.models import CalibrationItem, CalibrationMeeting

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
