"""Forms of one-on-ones: the rhythm in plain words, another time, a word for skipping, a point."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.coaching.models import AgendaPoint, Pairing
from accord.coaching.rhythm_words import why_wrong
from accord.coaching.services.one_on_ones.arranging import Plan
from accord.coaching.services.one_on_ones.meeting import FARTHEST
from accord.coaching.services.one_on_ones.points import LONGEST_POINT
from accord.domain.talk_rhythm import (
    LONGEST_RULE,
    RhythmError,
    Wrong,
    monthly_on_day,
    monthly_on_weekday,
    next_workday,
    read_rule,
    weekly,
)
from accord.foundation.clock import organisation_day
from accord.metrics.services.working_days import working_days
from accord.people.forms import DateInput

LENGTHS = (15, 30, 45, 60, 90)
ZONES = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Australia/Sydney",
    "UTC",
)

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
_OWN = "own"
RHYTHMS = (
    ("monthly_weekday", _("Every month on that weekday, such as the second Wednesday")),
    ("monthly_day", _("Every month on that day")),
    ("biweekly", _("Every two weeks")),
    ("weekly", _("Every week")),
    (_OWN, _("By a rule of my own")),
)


def _lengths(minutes: Iterable[int]) -> list[tuple[int, str]]:
    """Lengths of a talk to choose from, in the language of whoever looks."""
    return [(each, str(_("%s minutes") % each)) for each in sorted(minutes)]


class RhythmForm(forms.Form):
    """When the two talk. What is not asked follows from the first talk: its weekday, its place in the month."""

    kind = forms.ChoiceField(label=_("How often"), choices=RHYTHMS, widget=forms.RadioSelect)
    starts_on = forms.DateField(
        label=_("First talk on"),
        widget=DateInput(),
        help_text=_("A talk that falls on a day off is planned for the last working day before it."),
    )
    at = forms.TimeField(label=_("At what time"), widget=TIME)
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, choices=lambda: _lengths(LENGTHS))
    zone = forms.ChoiceField(label=_("On the clock of"), choices=[(zone, zone) for zone in ZONES])
    place = forms.CharField(label=_("Place or link"), max_length=300, required=False)
    rule = forms.CharField(
        label=_("Rule of your own"),
        max_length=LONGEST_RULE,
        required=False,
        help_text=_("A recurrence rule as calendars write it, such as FREQ=WEEKLY;INTERVAL=3;BYDAY=TU"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, pairing: Pairing | None = None, zone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": _initial(pairing, zone)})
        mine = pairing.time_zone if pairing else zone
        if mine and mine not in ZONES:
            self.fields["zone"].choices = [(mine, mine), *((each, each) for each in ZONES)]  # type: ignore[attr-defined]
        if pairing and pairing.minutes not in LENGTHS:
            self.fields["minutes"].choices = _lengths({*LENGTHS, pairing.minutes})  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["kind"] == _OWN and not cleaned["rule"]:
            self.add_error("rule", _("Write the rule, or choose one of the rhythms above."))
            return cleaned
        plan = self.plan()
        try:
            read_rule(plan.rule, plan.starts_on, timezone.now(), plan.at, ZoneInfo(plan.zone))
        except RhythmError as error:
            is_rule = cleaned["kind"] == _OWN and error.wrong != Wrong.TOO_FAR
            field = "rule" if is_rule else "starts_on"
            self.add_error(field, _("This cannot be used: %(reason)s") % {"reason": why_wrong(error.wrong)})
        return cleaned

    def plan(self) -> Plan:
        """What was filled in."""
        given = self.cleaned_data
        day = given["starts_on"]
        rules: dict[str, Callable[[], str]] = {
            "weekly": lambda: weekly(day),
            "biweekly": lambda: weekly(day, every=2),
            "monthly_weekday": lambda: monthly_on_weekday(day),
            "monthly_day": lambda: monthly_on_day(day),
            _OWN: lambda: given["rule"],
        }
        return Plan(rules[given["kind"]](), day, given["at"], given["minutes"], given["zone"], given["place"])


class TimeForm(forms.Form):
    """Another moment, on the clock of the pair."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    at = forms.TimeField(label=_("Time"), widget=TIME)

    def __init__(self, zone: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        self.fields["day"].widget.attrs["min"] = organisation_day().isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "day" in cleaned and "at" in cleaned:
            now = timezone.now()
            if not now < self.moment() <= now + FARTHEST:
                self.add_error("day", _("Choose a moment from now up to half a year ahead."))
        return cleaned

    def moment(self) -> datetime:
        """The moment that was chosen."""
        local = datetime.combine(self.cleaned_data["day"], self.cleaned_data["at"], self.zone)
        return local.astimezone(UTC)


class SkipForm(forms.Form):
    """A word for the other, so that leaving a talk out is a decision and no accident."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The other of you reads this."))


class PointForm(forms.Form):
    """One point: what about, and in which part of the talk."""

    text = forms.CharField(
        label=pgettext_lazy("agenda", "Point"),
        max_length=LONGEST_POINT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "send"}),
    )
    section = forms.ChoiceField(
        label=_("Under"), choices=[(code, capfirst(label)) for code, label in AgendaPoint.Section.choices]
    )


def _initial(pairing: Pairing | None, zone: str) -> dict[str, Any]:
    today = organisation_day()
    if pairing is None:
        first = next_workday(today + timedelta(days=2), working_days)
        return {"kind": "monthly_weekday", "starts_on": first, "at": "10:00", "minutes": 30, "zone": zone}
    given = {"minutes": pairing.minutes, "zone": pairing.time_zone, "place": pairing.place, "at": pairing.begins_at}
    kind = _kind(pairing)
    rule = pairing.rhythm if kind == _OWN else ""
    return {**given, "kind": kind, "starts_on": pairing.starts_on, "rule": rule}


def _kind(pairing: Pairing) -> str:
    day = pairing.starts_on
    made = {
        weekly(day): "weekly",
        weekly(day, every=2): "biweekly",
        monthly_on_weekday(day): "monthly_weekday",
        monthly_on_day(day): "monthly_day",
    }
    return made.get(pairing.rhythm, _OWN)
