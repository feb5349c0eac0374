"""Lights, exactly on their edges."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.numbers import from_micro, to_micro
from accord.domain.periods import Period
from accord.domain.status import Light, Pace, is_missed, light_bounds, light_of

numbers = st.integers(min_value=-(2**63), max_value=2**63 - 1).map(from_micro)
positive = st.integers(min_value=1, max_value=2**63 - 1).map(from_micro)


@pytest.mark.parametrize(
    ("value", "target", "lower", "light"),
    [
        ("95", "100", False, Light.GREEN),
        ("94.999999", "100", False, Light.YELLOW),
        ("75", "100", False, Light.YELLOW),
        ("74.999999", "100", False, Light.RED),
        ("105", "100", True, Light.GREEN),
        ("105.000001", "100", True, Light.YELLOW),
        ("125", "100", True, Light.YELLOW),
        ("125.000001", "100", True, Light.RED),
        ("0", "0", False, Light.GREEN),
        ("-0.000001", "0", False, Light.RED),
        ("-5", "-5", True, Light.GREEN),
        ("-4.999999", "-5", True, Light.RED),
    ],
)
def test_the_light_turns_exactly_on_its_edge(value: str, target: str, lower: bool, light: Light) -> None:
    assert light_of(Decimal(value), Decimal(target), lower) is light


@pytest.mark.parametrize(
    ("value", "lower", "missed"), [("100", False, False), ("99.999999", False, True), ("100.000001", True, True)]
)
def test_the_two_misses_rule_forgives_nothing(value: str, lower: bool, missed: bool) -> None:
    assert is_missed(Decimal(value), Decimal(100), lower) is missed


@given(numbers, numbers, st.booleans())
def test_comparing_with_the_bounds_says_the_same_as_attainment(value: Decimal, target: Decimal, lower: bool) -> None:
    green, yellow = light_bounds(target, lower)

    def within(bound: Decimal) -> bool:
        return value <= bound if lower else value >= bound

    by_bounds = Light.GREEN if within(green) else Light.YELLOW if within(yellow) else Light.RED
    assert by_bounds is light_of(value, target, lower)


@given(positive, st.booleans(), st.data())
def test_the_nearest_storable_values_fall_on_the_right_side(target: Decimal, lower: bool, data: st.DataObject) -> None:
    green, _ = light_bounds(target, lower)
    value = from_micro(
        max(-(2**63), min(2**63 - 1, to_micro(green) + data.draw(st.integers(min_value=-2, max_value=2))))
    )
    share = 2 - Fraction(value) / Fraction(target) if lower else Fraction(value) / Fraction(target)
    assert (light_of(value, target, lower) is Light.GREEN) == (share >= Fraction(95, 100))


@given(numbers, st.booleans())
def test_bounds_can_be_stored_and_green_is_the_harder_one(target: Decimal, lower: bool) -> None:
    green, yellow = light_bounds(target, lower)
    assert to_micro(green) == green * 1_000_000
    assert to_micro(yellow) == yellow * 1_000_000
    assert green <= yellow if lower else green >= yellow


def test_thresholds_of_ones_own() -> None:
    assert light_bounds(Decimal(200), False, Decimal("0.9"), Decimal("0.5")) == (180, 100)
    assert light_of(Decimal(180), Decimal(200), False, Decimal("0.9"), Decimal("0.5")) is Light.GREEN


def test_a_period_has_a_pace_only_while_it_runs() -> None:
    week = Period.parse("2026-W41")
    assert Pace.of(week, date(2026, 10, 4)) is None
    assert Pace.of(week, date(2026, 10, 5)) == Pace(up=0, down=1, days=7)
    assert Pace.of(week, date(2026, 10, 11)) == Pace(up=6, down=7, days=7)
    assert Pace.of(week, date(2026, 10, 12)) is None


def test_the_day_that_runs_is_judged_in_ones_favour() -> None:
    pace = Pace(up=2, down=3, days=7)
    assert pace.bound(Decimal(70), lower_is_better=False) == 20
    assert pace.bound(Decimal(70), lower_is_better=True) == 30
    assert pace.bound(Decimal(1), lower_is_better=False) == Decimal("0.285715")
    assert pace.bound(Decimal(1), lower_is_better=True) == Decimal("0.428571")
    assert pace.bound(Decimal(-7), lower_is_better=False) == -7


@given(numbers, st.booleans(), st.integers(1, 92), st.data())
def test_what_is_due_never_exceeds_the_whole(bound: Decimal, lower: bool, days: int, data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, days - 1))
    due = Pace(up=gone, down=gone + 1, days=days).bound(bound, lower)
    assert due == bound if bound <= 0 else 0 <= due <= bound
