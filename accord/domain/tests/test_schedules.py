"""Targets by period: every period has exactly one, and the schedule is what holds where it speaks."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from accord.domain.periods import Frequency, Period
from accord.domain.schedules import Segment, periods_within, segments

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def schedules(draw) -> list[tuple[int, int, Decimal]]:
    marks = sorted(draw(st.sets(st.integers(0, 40), max_size=8)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [(first, last, Decimal(100 + first)) for first, last in pairs]


@given(st.integers(5, 30), st.integers(0, 12), schedules())
def test_every_period_has_the_target_of_the_schedule_or_the_usual_one(first, length, schedule) -> None:
    last = first + length
    found = list(segments(first, last, Decimal(1), schedule))
    told = {key: each.target for each in found for key in range(each.first, each.last + 1)}
    special = {key: target for begins, ends, target in schedule for key in range(begins, ends + 1)}
    assert told == {key: special.get(key, Decimal(1)) for key in range(first, last + 1)}
    assert sum(each.last - each.first + 1 for each in found) == length + 1


def test_a_schedule_outside_the_stretch_says_nothing() -> None:
    assert list(segments(10, 12, Decimal(5), [(1, 4, Decimal(9)), (20, 30, Decimal(9))])) == [
        Segment(10, 12, Decimal(5))
    ]


@given(DAYS, st.integers(0, 400), st.sampled_from(Frequency))
def test_the_periods_of_a_stretch_are_those_that_end_in_it(first, days, frequency) -> None:
    last = first + timedelta(days=days)
    found = periods_within(first, last, frequency)
    ends = []
    period = Period.of(first, frequency)
    while period.end <= last:
        ends.append(period.key)
        period = period + 1
    assert found == ((ends[0], ends[-1]) if ends else None)
