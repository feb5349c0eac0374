"""Working time: how much of the time between two instants somebody was at work to use it.

A working week has hours for each weekday, with breaks between them; the calendar of days off, and of days worked
instead of them (调休), is asked day by day. Everything is counted in whole microseconds on the clock of one place, so
that the way from a to b and on to c is exactly the way from a to c.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property

SECOND = 1_000_000
DAY = 86_400 * SECOND
_EPOCH = date(1990, 1, 1)
_MORNING, _AFTERNOON = (time(9), time(12)), (time(13), time(18))

Stretch = tuple[time, time]
Calendar = Callable[[date], bool | None]
"""True for a day that is worked instead of another, False for a day off, None for a day like any other."""


def ordinary(day: date) -> None:
    """The calendar without days off."""


@dataclass(frozen=True)
class WorkingHours:
    """The hours of each weekday (Monday is 0) in the order of the day; a weekday without any is free."""

    by_weekday: Mapping[int, Sequence[Stretch]]

    def of(self, day: date, calendar: Calendar) -> Sequence[Stretch]:
        """The hours of `day`. A free weekday that is worked instead has the hours of the first working weekday."""
        exception = calendar(day)
        if exception is False:
            return ()
        usual = self.by_weekday.get(day.weekday(), ())
        return usual if usual or not exception else self._stand_in

    @cached_property
    def _stand_in(self) -> Sequence[Stretch]:
        return next((self.by_weekday[day] for day in sorted(self.by_weekday) if self.by_weekday[day]), ())


OFFICE_HOURS = WorkingHours(dict.fromkeys(range(5), (_MORNING, _AFTERNOON)))
"""Monday to Friday, nine to six with an hour's break: what holds where nothing else is said."""


class WorkingTime:
    """Measures with some hours and a calendar. Instants are on the clock of the place; the years begin in 1990."""

    def __init__(self, hours: WorkingHours = OFFICE_HOURS, calendar: Calendar = ordinary) -> None:
        self._hours, self._calendar = hours, calendar
        # What had been worked before each day since _EPOCH, in microseconds and in whole days; grows as it is asked.
        self._before: list[int] = [0]
        self._days_before: list[int] = [0]
        self._stretches: list[tuple[tuple[int, int], ...]] = []

    def between(self, start: datetime, end: datetime) -> int:
        """Worked microseconds from `start` to `end`; negative when `end` is the earlier one."""
        return self._until(end) - self._until(start)

    def days_between(self, start: datetime, end: datetime) -> Fraction:
        """The same in working days: each day counts by the part of its own hours that lies between."""
        return self._days_until(end) - self._days_until(start)

    def _until(self, moment: datetime) -> int:
        number, within = self._place(moment)
        return self._before[number] + _worked(self._stretches[number], within)

    def _days_until(self, moment: datetime) -> Fraction:
        number, within = self._place(moment)
        stretches = self._stretches[number]
        whole = _worked(stretches, DAY)
        return self._days_before[number] + Fraction(_worked(stretches, within), whole or 1)

    def _place(self, moment: datetime) -> tuple[int, int]:
        """The number of the day since _EPOCH, and the microseconds since its midnight."""
        number = max((moment.date() - _EPOCH).days, 0)
        while len(self._stretches) <= number:
            self._add_day(_EPOCH + timedelta(days=len(self._stretches)))
        return number, _of_day(moment.time())

    def _add_day(self, day: date) -> None:
        stretches = tuple((_of_day(start), _of_day(end) or DAY) for start, end in self._hours.of(day, self._calendar))
        worked = _worked(stretches, DAY)
        self._stretches.append(stretches)
        self._before.append(self._before[-1] + worked)
        self._days_before.append(self._days_before[-1] + bool(worked))


def _of_day(moment: time) -> int:
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * SECOND + moment.microsecond


def _worked(stretches: tuple[tuple[int, int], ...], until: int) -> int:
    """What of `stretches` lies before `until`."""
    worked = 0
    for start, end in stretches:
        if until <= start:
            break
        worked += min(end, until) - start
    return worked
