"""How one-on-ones are written on pages."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.coaching.models import AgendaPoint, OneOnOne, Pairing
from accord.coaching.rhythm_words import say_rhythm, weekday_name
from accord.foundation.components.signs import badge
from accord.foundation.language import readers_language
from accord.people.models import Employee

register = template.Library()
register.filter("rhythm_words", say_rhythm)

_SECTION_ICONS = {
    AgendaPoint.Section.PROGRESS: "trending-up",
    AgendaPoint.Section.OBSTACLES: "hand-stop",
    AgendaPoint.Section.RESOURCES: "plug",
    AgendaPoint.Section.GROWTH: "seedling",
}

_STATES = {
    OneOnOne.State.PLANNED: ("primary", "calendar-event"),
    OneOnOne.State.HELD: ("green", "check"),
    OneOnOne.State.SKIPPED: ("grey", "arrow-forward-up"),
    OneOnOne.State.CALLED_OFF: ("grey", "x"),
}


@register.filter
def when(moment: datetime) -> str:
    """A moment on the reader's own clock, with its weekday: 12月2日（周三）10:00."""
    told = {**_named(moment), "time": f"{timezone.localtime(moment):%H:%M}"}
    return _("%(weekday)s, %(month)s %(day)s, %(time)s") % told


@register.filter
def on_day(moment: datetime) -> str:
    """Its day on the reader's own clock."""
    return _("%(weekday)s, %(month)s %(day)s") % _named(moment)


@register.filter
def zone_note(pairing: Pairing) -> str:
    """The clock of the pair, where it is another one than the reader's; nothing where both show the same."""
    theirs, mine = ZoneInfo(pairing.time_zone), timezone.get_current_timezone()
    now = timezone.now()
    if now.astimezone(theirs).utcoffset() == now.astimezone(mine).utcoffset():
        return ""
    return _("on the clock of %(zone)s") % {"zone": pairing.time_zone}


@register.filter
def partner(talk: OneOnOne, me: Employee) -> str:
    """The name of the other of the two."""
    return talk.pairing.other(me).name


@register.filter
def section_icon(code: str) -> str:
    """The sign of a part of the agenda."""
    return _SECTION_ICONS[AgendaPoint.Section(code)]


@register.simple_tag
def talk_state(talk: OneOnOne) -> SafeString:
    """The state of a talk as colour, sign and word."""
    state = OneOnOne.State
    if talk.is_running:
        return badge(_("in progress"), "primary", "player-play")
    if talk.state == state.SKIPPED and talk.skipped_by_id is None:
        return badge(_("passed without a word"), "yellow", "clock")
    tone, sign = _STATES[state(talk.state)]
    return badge(talk.get_state_display(), tone, sign)


@register.simple_tag
def pairing_state(pairing: Pairing) -> SafeString:
    """The state of a rhythm; an active one needs no word."""
    if pairing.state == Pairing.State.ACTIVE:
        return SafeString()
    return badge(pairing.get_state_display(), "grey", "clock-pause")


@register.filter
def sized(minutes: int) -> str:
    """A length of time."""
    return pgettext("length", "%(minutes)s min") % {"minutes": minutes}


def _named(moment: datetime) -> dict[str, object]:
    local = timezone.localtime(moment)
    # “12/1” is another day to an American than to an Englishman; Chinese counts its months.
    month = date_format(local, "M") if readers_language() == "en" else local.month
    return {"month": month, "day": local.day, "weekday": weekday_name(local.weekday())}
