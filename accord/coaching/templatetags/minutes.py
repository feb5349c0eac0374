"""How minutes are written on pages."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from accord.coaching.models import Minutes
from accord.coaching.queries.minutes import Wording
from accord.foundation.components.signs import badge
from accord.people.models import Employee

register = template.Library()

_LOOKS = {
    Minutes.State.DRAFT: ("grey", "pencil"),
    Minutes.State.CONFIRMING: ("primary", "signature"),
    Minutes.State.CONFIRMED: ("green", "check"),
    Minutes.State.REFUSED: ("yellow", "x"),
    Minutes.State.LAPSED: ("grey", "clock"),
    Minutes.State.TAKEN_BACK: ("grey", "arrow-back-up"),
}


@register.simple_tag
def minutes_state(minutes: Minutes) -> SafeString:
    """The state of a wording as colour and word."""
    tone, icon = _LOOKS[Minutes.State(minutes.state)]
    return badge(minutes.get_state_display(), tone, icon)


@register.simple_tag
def my_part(wording: Wording, me: Employee) -> str:
    """Whether the reader has signed it: the state of their own part."""
    return next((party.state for party in wording.parties if party.employee_id == me.pk), "")
