"""How minutes are written on pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from accord.coaching.models import Minutes, OneOnOne
from accord.coaching.queries.minutes import Wording, minutes_in_full
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


@register.inclusion_tag("coaching/minutes_of_talk.html", takes_context=True)
def minutes_of_talk(context: Context, talk: OneOnOne) -> dict[str, Any]:
    """The minutes of a talk on its page, or the button to begin them, for either of the two who talk."""
    wordings = minutes_in_full().filter(one_on_one=talk).order_by("-number")
    shown = {"csrf_token": context.get("csrf_token"), "request": context.get("request")}
    return shown | {"talk": talk, "minutes": wordings.first(), "may_begin": talk.has_begun}
