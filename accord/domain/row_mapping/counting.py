"""What one row counts for, or why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from accord.domain.numbers import MICRO, to_micro
from accord.domain.periods import Frequency, Period
from accord.domain.row_mapping.cells import as_instant, as_number, microseconds, whole_seconds
from accord.domain.row_mapping.filters import Cells, all_hold
from accord.domain.row_mapping.rule import Aggregate, Rule, Span, Unit
from accord.domain.working_time import DAY, SECOND, Calendar, WorkingTime, ordinary

LONGEST_NAME = 200
YEARS = range(1990, 2100)
FAR_AHEAD = timedelta(days=400)
_UNITS: Mapping[Unit, int] = {Unit.MINUTES: 60 * SECOND, Unit.HOURS: 3600 * SECOND, Unit.DAYS: DAY}


class Contribution(NamedTuple):
    """Whose row it is by the source's own name, the key of the period, the instant in seconds, and whole millionths."""

    name: str
    period: int
    at: int
    value: int | None
    weight: int | None


class Refused(Exception):
    """Why a row cannot count: a code of `refusals.REFUSALS` and the values of its sentence."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = {name: value[:60] for name, value in values.items()}


@dataclass(frozen=True)
class Place:
    """Where and when it is counted: the clock of rows without a zone, the days off, and what time it is now."""

    zone: ZoneInfo
    now: datetime
    calendar: Calendar = ordinary


class Counter:
    """Counts rows by one rule for a metric of one frequency."""

    def __init__(self, rule: Rule, frequency: Frequency, place: Place) -> None:
        self.rule, self._frequency, self._place = rule, frequency, place
        self.zone = rule.zone or place.zone
        self._last_day = (place.now + FAR_AHEAD).date()
        self._measure = self._measured_by(rule.value)

    def count(self, row: Cells) -> Contribution | None:
        """What `row` (with what was looked up) gives; None where it does not meet the filters or is not over yet.

        Raises Refused.
        """
        if self.rule.filters and not all_hold(self.rule.filters, row, zone=self.zone):
            return None
        value, weight = self._numbers(row)
        if value is None and self.rule.aggregate is not Aggregate.COUNT:
            return None
        moment = self._moment(row)
        name = row.get(self.rule.who)
        if not name:
            raise Refused("who_missing", field=self.rule.who)
        if len(name) > LONGEST_NAME:
            raise Refused("who_too_long", text=name)
        return Contribution(name, _period(moment.date(), self._frequency), whole_seconds(moment), value, weight)

    def _moment(self, row: Cells) -> datetime:
        moment = self._instant(row, self.rule.when)
        if moment is None:
            raise Refused("when_missing", field=self.rule.when)
        if moment.date() > self._last_day:
            raise Refused("when_ahead", text=row[self.rule.when] or "")
        return moment

    def _instant(self, row: Cells, name: str) -> datetime | None:
        text = row.get(name)
        if not text:
            return None
        moment = as_instant(text, self.zone)
        if moment is None:
            raise Refused("when_unreadable", field=name, text=text)
        if moment.year not in YEARS:
            raise Refused("when_far", field=name, text=text)
        return moment

    def _numbers(self, row: Cells) -> tuple[int | None, int | None]:
        """The value and the weight of a row in whole millionths."""
        rule = self.rule
        if rule.aggregate is Aggregate.COUNT:
            return None, None
        if rule.aggregate is Aggregate.RATIO and rule.meets:
            return (MICRO if all_hold(rule.meets, row, zone=self.zone) else 0), MICRO
        value = self._measure(row)
        if value is None:
            return None, None
        return value, self._weight(row)

    def _weight(self, row: Cells) -> int | None:
        if self.rule.weight is None:
            return None
        weight = _number(row, self.rule.weight)
        if weight < 0:
            raise Refused("weight_negative", field=self.rule.weight, text=row[self.rule.weight] or "")
        return _exact(weight)

    def _measured_by(self, value: str | Span | None) -> Callable[[Cells], int | None]:
        """What measures a row in whole millionths."""
        if isinstance(value, Span):
            return self._by_span(value)
        return lambda row: _exact(_number(row, value or ""))

    def _by_span(self, span: Span) -> Callable[[Cells], int | None]:
        measure = self._length(span)

        def measured(row: Cells) -> int | None:
            start, end = self._instant(row, span.start), self._instant(row, span.end)
            if start is None or end is None:
                return None
            if microseconds(start, end) < 0:
                raise Refused("ends_before_start", start=row[span.start] or "", end=row[span.end] or "")
            return measure(start, end)

        return measured

    def _length(self, span: Span) -> Callable[[datetime, datetime], int]:
        unit = _UNITS[span.unit]
        if span.hours is None:
            return lambda start, end: _rounded(microseconds(start, end), unit)
        work = WorkingTime(span.hours, self._place.calendar if span.has_days_off else ordinary)
        if span.unit is Unit.DAYS:
            return lambda start, end: _rounded(*work.days_between(start, end).as_integer_ratio())
        return lambda start, end: _rounded(work.between(start, end), unit)


@lru_cache(maxsize=1 << 12)
def _period(day: date, frequency: Frequency) -> int:
    return Period.of(day, frequency).key


def _number(row: Cells, name: str) -> Decimal:
    text = row.get(name)
    if not text:
        raise Refused("number_missing", field=name)
    number = as_number(text)
    if number is None:
        raise Refused("number_unreadable", field=name, text=text)
    return number


def _rounded(many: int, unit: int) -> int:
    """`many` parts, of which `unit` make one, in whole millionths, rounded half up."""
    return (many * MICRO * 2 + unit) // (unit * 2)


def _exact(value: Decimal) -> int:
    try:
        return to_micro(value)
    except ValueError:
        raise Refused("number_too_large", text=str(value)) from None
