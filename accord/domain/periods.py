"""Periods: a day, an ISO week, a month or a quarter.

A period travels as one whole number, its `key` = frequency code × 1,000,000 + ordinal, so that in SQL the period before
is `key - 1`, periods of one frequency sort by time, and periods of different frequencies never meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

_FACTOR = 1_000_000
_MONDAY_1 = date(1, 1, 1)  # A Monday in the proleptic Gregorian calendar.


class Frequency(IntEnum):
    """How often a metric has a value; the number is the first digit of a period key."""

    DAY = 1
    WEEK = 2
    MONTH = 3
    QUARTER = 4


class PeriodError(ValueError):
    """The text or date names no period of the wanted frequency."""


class PeriodTooFar(PeriodError):
    """The date is a real one, but no key counts that far: days end in the year 2738."""


@dataclass(frozen=True, order=True)
class Period:
    """One period. Orders by frequency, then time."""

    key: int

    @classmethod
    def of(cls, day: date, frequency: Frequency) -> Period:
        """The period of `frequency` that contains `day`. Raises PeriodTooFar."""
        ordinal = _ordinal(day, frequency)
        if ordinal >= _FACTOR:
            raise PeriodTooFar(f"{day} lies too far ahead")
        return cls(frequency * _FACTOR + ordinal)

    @classmethod
    def parse(cls, text: str, frequency: Frequency | None = None) -> Period:
        """Read `2026-W41`, `2026-10`, `2026-Q4` or a date; a date stands for the period of `frequency` around it.

        Also as Chinese tables have it: `2026年第41周`, `2026年10月`, `2026年第四季度`, `2026年10月5日`.

        Raises PeriodError when the text is no period, the date does not exist, or it names another frequency.
        """
        period = _parse(text.strip().upper(), frequency)
        if frequency is not None and period.frequency is not frequency:
            raise PeriodError(f"{text} is a {period.frequency.name.lower()}, not a {frequency.name.lower()}")
        return period

    @property
    def frequency(self) -> Frequency:
        return Frequency(self.key // _FACTOR)

    @property
    def start(self) -> date:
        return _start(self.frequency, self.key % _FACTOR)

    @property
    def end(self) -> date:
        """The last day of the period, inclusive; of the last period there is, the last day that a date can be."""
        try:
            return (self + 1).start - timedelta(days=1)
        except (OverflowError, ValueError):
            return date.max

    @property
    def label(self) -> str:
        """The period as people write it: `2026-10-05`, `2026-W41`, `2026-10`, `2026-Q4`."""
        start = self.start
        if self.frequency is Frequency.DAY:
            return start.isoformat()
        if self.frequency is Frequency.WEEK:
            year, week, _ = start.isocalendar()
            return f"{year:04d}-W{week:02d}"
        if self.frequency is Frequency.MONTH:
            return f"{start:%Y-%m}"
        return f"{start.year:04d}-Q{(start.month + 2) // 3}"

    def __add__(self, steps: int) -> Period:
        return Period(self.key + steps)

    def __sub__(self, steps: int) -> Period:
        return Period(self.key - steps)

    def __str__(self) -> str:
        return self.label


def _ordinal(day: date, frequency: Frequency) -> int:
    if frequency is Frequency.DAY:
        return day.toordinal()
    if frequency is Frequency.WEEK:
        return (day - _MONDAY_1).days // 7
    if frequency is Frequency.MONTH:
        return day.year * 12 + day.month - 1
    return day.year * 4 + (day.month - 1) // 3


def _start(frequency: Frequency, ordinal: int) -> date:
    if frequency is Frequency.DAY:
        return date.fromordinal(ordinal)
    if frequency is Frequency.WEEK:
        return _MONDAY_1 + timedelta(weeks=ordinal)
    if frequency is Frequency.MONTH:
        return date(ordinal // 12, ordinal % 12 + 1, 1)
    return date(ordinal // 4, ordinal % 4 * 3 + 1, 1)


_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?$")
_WEEK = re.compile(r"(\d{4})(?:-?W(?=\d+$)|年第?(?=\d+周$))(\d{1,2})周?$")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?$")
_QUARTER = re.compile(r"(\d{4})(?:-?Q(?=\d$)|年第?(?=.季度?$))([1-4一二三四])(?:季度?)?$")


def _parse(text: str, frequency: Frequency | None) -> Period:
    try:
        if match := _DATE.match(text):
            return Period.of(date(*map(int, match.groups())), frequency or Frequency.DAY)
        if match := _WEEK.match(text):
            return Period.of(date.fromisocalendar(int(match[1]), int(match[2]), 1), Frequency.WEEK)
        if match := _MONTH.match(text):
            return Period.of(date(int(match[1]), int(match[2]), 1), Frequency.MONTH)
        if match := _QUARTER.match(text):
            quarter = "一二三四".find(match[2]) + 1 or int(match[2])
            return Period.of(date(int(match[1]), quarter * 3 - 2, 1), Frequency.QUARTER)
    except PeriodTooFar:
        raise
    except ValueError as error:
        raise PeriodError(f"{text}: {error}") from error
    raise PeriodError(f"{text} is not a period like 2026-W41, 2026-10, 2026-Q4 or 2026-10-05")
