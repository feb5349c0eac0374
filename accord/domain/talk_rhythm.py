"""The rhythm of talks: an RFC 5545 rule read on one place's clock, with days off stepped over.

Only weeks and months are a rhythm for talks, so a rule has few parts and always ends its search soon. A moment keeps
the place its rule gave it, whatever day it is planned for: that is how it is known again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cached_property
from itertools import chain, pairwise, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from accord.domain.working_time import OFFICE_HOURS, Calendar

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_RULE = 200
_PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "COUNT", "UNTIL", "WKST"}
_MOST_STEPS = 12
_LONGEST_BREAK = 20
_FARTHEST_START = timedelta(days=20 * 366)
# A leap year, twelve before the calendar ends: whatever a rule of weeks or months names comes until then.
_LAST_YEARS = 9988


class Wrong(Enum):
    """Why a rule is no rhythm."""

    UNREADABLE = "unreadable"
    TOO_OFTEN = "too_often"
    TOO_SELDOM = "too_seldom"
    ENDS_IN_PAST = "ends_in_past"
    NEVER = "never"
    TOO_FAR = "too_far"


class RhythmError(ValueError):
    """A rule that is no rhythm."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


@dataclass(frozen=True)
class Moment:
    """One talk of a rhythm: `slot` as the rule says, `planned` with days off stepped over."""

    slot: datetime
    planned: datetime


@dataclass(frozen=True)
class Rhythm:
    """A rule that begins on a day, at a time on the clock of a zone."""

    rule: str
    starts_on: date
    at: time
    zone: ZoneInfo

    @cached_property
    def _rule(self) -> rrule:
        return rrulestr(self.rule, dtstart=datetime.combine(self.starts_on, self.at))

    def moments(self, after: datetime, calendar: Calendar) -> Iterator[Moment]:
        """The talks planned for after a moment, in order, without end where the rule has none.

        A talk that steps over days off stays nearer to its own day than to those of its neighbours; where no such day
        is worked, it is left out. So a long leave does not pile talks up before it or behind it.
        """
        begin = after.astimezone(self.zone).replace(tzinfo=None)
        # A talk may have been planned earlier than its slot, never later: what begins sooner is over.
        slots = self._rule.xafter(begin, inc=False)
        before, latest = self._rule.before(begin, inc=True), after
        for slot, following in pairwise(chain(slots, [None])):
            for day in beside(slot.date(), calendar):
                local = datetime.combine(day, self.at)
                planned = self._moment(local)
                if planned > latest and _is_nearest(local, slot, before, following):
                    yield Moment(self._moment(slot), planned)
                    latest = planned
                    break
            before = slot

    def ahead(self, after: datetime, until: datetime, calendar: Calendar) -> list[Moment]:
        """The talks up to a moment; the next one even where it lies beyond."""
        moments = self.moments(after, calendar)
        first = next(moments, None)
        if first is None:
            return []
        return [first, *takewhile(lambda moment: moment.slot <= until, moments)]

    def _moment(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone).astimezone(UTC)


def parts_of(rule: str) -> Mapping[str, str]:
    """The parts of a rule by name. Raises RhythmError."""
    text = rule.strip().upper().removeprefix("RRULE:")
    pairs = [part.partition("=") for part in text.split(";") if part]
    parts = {name: value for name, _, value in pairs}
    if not pairs or len(text) > LONGEST_RULE or len(parts) < len(pairs) or not set(parts) <= _PARTS:
        raise RhythmError(Wrong.UNREADABLE)
    if parts.get("FREQ") in ("DAILY", "HOURLY", "MINUTELY", "SECONDLY"):
        raise RhythmError(Wrong.TOO_OFTEN)
    if parts.get("FREQ") == "YEARLY":
        raise RhythmError(Wrong.TOO_SELDOM)
    if parts.get("FREQ") not in ("WEEKLY", "MONTHLY"):
        raise RhythmError(Wrong.UNREADABLE)
    return parts


def read_rule(rule: str, starts_on: date, now: datetime, at: time, zone: ZoneInfo) -> Rhythm:
    """A rhythm from what somebody wrote. Raises RhythmError for what is no rhythm, or has no talk left after `now`."""
    parts = dict(parts_of(rule))
    if abs(now.date() - starts_on) > _FARTHEST_START:
        raise RhythmError(Wrong.TOO_FAR)
    try:
        if not 1 <= int(parts.get("INTERVAL", "1")) <= _MOST_STEPS:
            raise RhythmError(Wrong.TOO_SELDOM)
        if "UNTIL" in parts:
            # Read to the end of its day on the pair's own clock, whatever zone it was written for.
            last = datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").replace(tzinfo=zone)
            parts["UNTIL"] = f"{last:%Y%m%d}T235959"
        rhythm = Rhythm(";".join(f"{name}={value}" for name, value in parts.items()), starts_on, at, zone)
        if not _ever_comes(parts, starts_on):
            raise RhythmError(Wrong.NEVER)
        begin = now.astimezone(zone).replace(tzinfo=None)
        first = next(rhythm._rule.xafter(begin, inc=False), None)
    except RhythmError:
        raise
    except (ValueError, KeyError, TypeError, OverflowError, AttributeError) as error:
        raise RhythmError(Wrong.UNREADABLE) from error
    if first is None:
        raise RhythmError(Wrong.ENDS_IN_PAST)
    return rhythm


def _ever_comes(parts: Mapping[str, str], starts_on: date) -> bool:
    """Whether a rule names any day at all. One that names none is searched for up to the year 9999, so it is asked
    about the last years before that, from the same day in a year as far from a leap year.
    """
    endless = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
    begins = datetime.combine(starts_on.replace(year=_LAST_YEARS + starts_on.year % 4), time())
    return next(iter(rrulestr(endless, dtstart=begins)), None) is not None


def is_workday(day: date, calendar: Calendar) -> bool:
    """Whether a day is worked: the calendar's word, or else Monday to Friday."""
    return bool(OFFICE_HOURS.of(day, calendar))


def _is_nearest(local: datetime, slot: datetime, *neighbours: datetime | None) -> bool:
    return all(abs(local - slot) < abs(local - each) for each in neighbours if each)


def last_workday(day: date, calendar: Calendar) -> date:
    """The day itself if it is worked, else the last worked day before it."""
    return _step(day, calendar, -1) or day


def next_workday(day: date, calendar: Calendar) -> date:
    """The day itself if it is worked, else the next worked day."""
    return _step(day, calendar, 1) or day


def beside(day: date, calendar: Calendar) -> Iterator[date]:
    """Where a talk of a day may stand: that day if it is worked, else the last worked day before it and the next one
    after it, as far as there are such days nearby.
    """
    for found in (_step(day, calendar, -1), _step(day, calendar, 1)):
        if found:
            yield found


def _step(day: date, calendar: Calendar, by: int) -> date | None:
    for steps in range(_LONGEST_BREAK):
        stepped = day + timedelta(days=by * steps)
        if is_workday(stepped, calendar):
            return stepped
    return None


def weekly(starts_on: date, every: int = 1) -> str:
    """Every week, or every so many, on the weekday of the first talk."""
    interval = f";INTERVAL={every}" if every > 1 else ""
    return f"FREQ=WEEKLY{interval};BYDAY={WEEKDAYS[starts_on.weekday()]}"


def monthly_on_weekday(starts_on: date) -> str:
    """Every month on the weekday of the first talk: the second Wednesday; from the fifth on, the last."""
    place = (starts_on.day - 1) // 7 + 1
    return f"FREQ=MONTHLY;BYDAY={place if place < 5 else -1}{WEEKDAYS[starts_on.weekday()]}"


def monthly_on_day(starts_on: date) -> str:
    """Every month on the day of the first talk; in months that are too short, on their last day."""
    if starts_on.day <= 28:
        return f"FREQ=MONTHLY;BYMONTHDAY={starts_on.day}"
    days = ",".join(str(day) for day in range(28, starts_on.day + 1))
    return f"FREQ=MONTHLY;BYMONTHDAY={days};BYSETPOS=-1"
