"""A falling trend, judged at the newest period."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.trend import WINDOW, Fall, falling, turned

CALM = [101, 100, 101, 100, 101]


def of(*values: int | None, first: int = 1) -> list[tuple[int, Decimal]]:
    """A history from period `first` on; None is a period without a value."""
    return [(period, Decimal(value)) for period, value in enumerate(values, first) if value is not None]


@pytest.mark.parametrize(
    ("history", "found"),
    [
        (of(), None),
        (of(*CALM, 98, 96), None),
        (of(*CALM, 98, 96, 94), Fall(5, 3, Decimal(7), Fraction(1, 24))),
        (of(*CALM, 99, 98, 97, 96), Fall(5, 4, Decimal(5), Fraction(1, 120))),
        # No larger than twice what the series does anyway.
        (of(104, 100, 104, 100, 104, 101, 99, 96), None),
        (of(104, 100, 104, 100, 104, 101, 99, 95), Fall(5, 3, Decimal(9), Fraction(1, 24))),
        # A gap within the run, one before it, and too little before it to know the noise.
        (of(*CALM, 98, None, 94, 92), None),
        (of(100, 101, None, *CALM, 98, 96, 94), Fall(8, 3, Decimal(7), Fraction(1, 24))),
        (of(*CALM[1:], 98, 96, 94), None),
        # The same again is no decline.
        (of(*CALM, 98, 98, 94), None),
        # Only thirteen periods count: an old storm does not hide a fall of today.
        (of(*([500, 0] * 7), *([100, 101] * 5), 98, 96, 94), Fall(24, 3, Decimal(7), Fraction(1, 24))),
    ],
)
def test_falling(history: list[tuple[int, Decimal]], found: Fall | None) -> None:
    assert falling(history, False) == found


values = st.lists(st.one_of(st.none(), st.integers(-20, 20)), max_size=20)


@given(values)
def test_worse_is_up_where_lower_is_better(numbers: list[int | None]) -> None:
    mirrored = [None if number is None else -number for number in numbers]
    assert falling(of(*numbers), True) == falling(of(*mirrored), False)


@given(values, st.randoms())
def test_the_order_does_not_matter_and_old_values_do_not_count(numbers: list[int | None], random: object) -> None:
    history = of(*numbers)
    shuffled = list(history)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    newest = history[-1][0] if history else 0
    assert falling(shuffled, False) == falling([each for each in history if each[0] > newest - WINDOW], False)


@given(values)
def test_a_fall_is_a_run_of_declines_and_not_over(numbers: list[int | None]) -> None:
    history = of(*numbers)
    found = falling(history, False)
    if found:
        run = dict(history)
        newest = max(run)
        assert found.since + found.periods == newest
        assert run[found.since] - run[newest] == found.fall > 0
        assert not turned(run, newest, False)


@pytest.mark.parametrize(
    ("numbers", "is_over"),
    [((3, 2, 2, 2), True), ((3, 2, 3, 4), True), ((3, 2, 1, 2), False), ((1, None, 2, 3), False), ((2, 3), False)],
)
def test_a_fall_is_over_after_two_periods_without_a_decline(numbers: tuple[int | None, ...], is_over: bool) -> None:
    assert turned(dict(of(*numbers)), len(numbers), False) is is_over
    assert turned({key: -value for key, value in of(*numbers)}, len(numbers), True) is is_over
