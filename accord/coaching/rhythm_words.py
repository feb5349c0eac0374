"""Rhythms of talks in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.domain.talk_rhythm import WEEKDAYS, RhythmError, Wrong, parts_of


def say_rhythm(rule: str) -> str:
    """“Every month on the second Wednesday”; a rule that is none of the usual ones says so with its own letters."""
    try:
        parts = parts_of(rule)
    except RhythmError:
        return rule
    usual = _weekly(parts) if parts["FREQ"] == "WEEKLY" else _monthly(parts)
    return usual or _("By a rule of your own (%(rule)s)") % {"rule": rule}


def why_wrong(wrong: Wrong) -> str:
    """Why a rule is no rhythm, as the second half of a sentence."""
    reasons = {
        Wrong.UNREADABLE: _("it is not a recurrence rule by weeks or months."),
        Wrong.TOO_OFTEN: _("it asks for talks more often than weekly days allow."),
        Wrong.TOO_SELDOM: _("it leaves more than a year between talks."),
        Wrong.ENDS_IN_PAST: _("it ends in the past, so no talk would follow."),
        Wrong.NEVER: _("no day ever fits it."),
        Wrong.TOO_FAR: _("its first talk lies too far from today."),
    }
    return reasons[wrong]


def weekday_name(number: int) -> str:
    """A weekday, Monday being 0."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[number]


def _weekly(parts: Mapping[str, str]) -> str:
    day, every = parts.get("BYDAY", ""), parts.get("INTERVAL", "1")
    if day not in WEEKDAYS or set(parts) - {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT"}:
        return ""
    weekday = weekday_name(WEEKDAYS.index(day))
    if every == "1":
        return _ended(_("Every week on %(weekday)s") % {"weekday": weekday}, parts)
    return _ended(_("Every %(many)s weeks on %(weekday)s") % {"many": every, "weekday": weekday}, parts)


def _monthly(parts: Mapping[str, str]) -> str:
    if parts.get("INTERVAL", "1") != "1":
        return ""
    by_day, by_date = parts.get("BYDAY", ""), parts.get("BYMONTHDAY", "")
    if by_day and not by_date and "BYSETPOS" not in parts and by_day[-2:] in WEEKDAYS:
        places = {"1": _("first"), "2": _("second"), "3": _("third"), "4": _("fourth"), "-1": _("last")}
        weekday = weekday_name(WEEKDAYS.index(by_day[-2:]))
        place = places.get(by_day[:-2])
        values = {"place": place, "weekday": weekday}
        return _ended(_("Every month on the %(place)s %(weekday)s") % values, parts) if place else ""
    if by_date and not by_day:
        last = by_date.rpartition(",")[2]
        if last.isdigit():
            return _ended(_("Every month on day %(day)s") % {"day": last}, parts)
    return ""


def _ended(words: str, parts: Mapping[str, str]) -> str:
    """The words with where the rule ends."""
    if "UNTIL" in parts:
        until = parts["UNTIL"]
        day = f"{until[:4]}-{until[4:6]}-{until[6:8]}"
        return _("%(rhythm)s, until %(day)s") % {"rhythm": words, "day": day}
    if parts.get("COUNT", "").isdigit():
        times = int(parts["COUNT"])
        return ngettext("%(rhythm)s, %(times)s time", "%(rhythm)s, %(times)s times", times) % {
            "rhythm": words,
            "times": times,
        }
    return words
