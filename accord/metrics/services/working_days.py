"""The statutory days off of mainland China and the days worked instead (调休), as far as they have been published."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from chinese_calendar.constants import holidays, workdays

_YEARS = frozenset(day.year for day in holidays)


def working_days(day: date) -> bool | None:
    """Whether `day` is worked instead of another (True), a day off (False) or a day like any other (None).

    Of a year that is not published yet every day is like any other: see `is_published`.
    """
    if day in holidays:
        return False
    return True if day in workdays else None


@lru_cache(maxsize=64)
def is_published(year: int) -> bool:
    """Whether the days off of `year` are known; until they are, Monday to Friday are worked."""
    return year in _YEARS
