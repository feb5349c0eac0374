"""Periods as people write them, and their whole numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.periods import Frequency, Period, PeriodError, PeriodTooFar

_DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))
_FREQUENCIES = st.sampled_from(Frequency)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2026-W41", "2026-W41"),
        ("2026w41", "2026-W41"),
        ("2026年第41周", "2026-W41"),
        ("2026年5周", "2026-W05"),
        ("2026-10", "2026-10"),
        ("2026年10月", "2026-10"),
        ("2026/3", "2026-03"),
        ("2026-Q4", "2026-Q4"),
        ("2026Q4", "2026-Q4"),
        ("2026年第4季度", "2026-Q4"),
        ("2026年第四季度", "2026-Q4"),
        ("2026年三季度", "2026-Q3"),
        ("2026-10-05", "2026-10-05"),
        ("2026年10月5日", "2026-10-05"),
        ("2026-10-05 00:00:00", "2026-10-05"),
    ],
)
def test_a_period_is_read(text: str, label: str) -> None:
    assert Period.parse(text).label == label


@pytest.mark.parametrize("text", ["2025-W53", "2026-13", "2026-02-30", "2026年第54周", "2026-W00", "2026年41"])
def test_a_period_that_does_not_exist_has_a_cause(text: str) -> None:
    with pytest.raises(PeriodError) as error:
        Period.parse(text)
    assert error.value.__cause__ is not None


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "2026四", "10/5/2026", "W41", "2026-W41-1", "2026-W周"])
def test_other_texts_are_no_periods(text: str) -> None:
    with pytest.raises(PeriodError) as error:
        Period.parse(text)
    assert error.value.__cause__ is None


def test_a_date_stands_for_the_period_around_it_and_a_period_for_itself_only() -> None:
    assert Period.parse("2026-10-05", Frequency.WEEK).label == "2026-W41"
    assert Period.parse("2026-10-05", Frequency.QUARTER).label == "2026-Q4"
    with pytest.raises(PeriodError):
        Period.parse("2026-10", Frequency.WEEK)


@given(day=_DAYS, frequency=_FREQUENCIES)
def test_a_period_contains_its_days_and_its_label_names_it(day: date, frequency: Frequency) -> None:
    period = Period.of(day, frequency)
    assert period.start <= day <= period.end
    assert Period.parse(period.label, frequency) == period
    assert period.frequency is frequency


@given(day=_DAYS, frequency=_FREQUENCIES)
def test_periods_follow_each_other_without_gaps(day: date, frequency: Frequency) -> None:
    period = Period.of(day, frequency)
    assert ((period + 1).start - period.end).days == 1
    assert Period.of((period + 1).start, frequency) - 1 == period


@pytest.mark.parametrize("frequency", [Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER])
def test_the_last_period_ends_with_the_last_day(frequency: Frequency) -> None:
    assert Period.of(date.max, frequency).end == date.max


def test_a_day_too_far_ahead_is_refused_and_never_taken_for_a_week() -> None:
    assert Period.parse("2738-11-27").frequency is Frequency.DAY
    for text in ("2738-11-28", "2999-12-31", "9999-12-31"):
        with pytest.raises(PeriodTooFar):
            Period.parse(text)
