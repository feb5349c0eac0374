"""Progress, due and weights of objectives."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.objectives import Kind, Part, Said, due, elapsed, evened, newest, progress, summed
from accord.domain.status import Light

D = Decimal
numbers = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
shares = st.decimals(min_value=0, max_value=1, places=3)


@pytest.mark.parametrize(
    ("kind", "start", "target", "current", "wanted"),
    [
        (Kind.INCREASE, "22", "28", "25", "0.50"),
        (Kind.INCREASE, "22", "28", "30", "1.00"),
        (Kind.INCREASE, "22", "28", "20", "0.00"),
        (Kind.DECREASE, "6", "2", "3", "0.75"),
        (Kind.DECREASE, "6", "2", "7", "0.00"),
        (Kind.KEEP_ABOVE, "0", "95", "95", "1"),
        (Kind.KEEP_ABOVE, "0", "95", "94.9", "0"),
        (Kind.KEEP_BELOW, "0", "2", "2", "1"),
        (Kind.KEEP_BELOW, "0", "2", "2.1", "0"),
        (Kind.MILESTONE, "0", "1", "0.4", "0.40"),
    ],
)
def test_progress_by_kind(kind: Kind, start: str, target: str, current: str, wanted: str) -> None:
    assert progress(kind, D(start), D(target), D(current)) == D(wanted)


def test_without_a_value_there_is_no_progress() -> None:
    assert progress(Kind.INCREASE, D(0), D(1), None) is None


@given(numbers, numbers, numbers, st.sampled_from(Kind))
def test_progress_is_a_share(start: Decimal, target: Decimal, current: Decimal, kind: Kind) -> None:
    if kind.leads(start, target):
        reached = progress(kind, start, target, current)
        assert reached is not None
        assert 0 <= reached <= 1


@given(numbers, numbers, numbers, numbers)
def test_nearer_is_never_less(start: Decimal, target: Decimal, one: Decimal, other: Decimal) -> None:
    if start == target:
        return
    kind = Kind.INCREASE if target > start else Kind.DECREASE
    near, far = sorted((one, other), reverse=kind is Kind.INCREASE)
    assert progress(kind, start, target, near) >= progress(kind, start, target, far)  # type: ignore[operator]


def test_a_way_leads_in_its_direction_only() -> None:
    assert Kind.INCREASE.leads(D(1), D(2))
    assert not Kind.INCREASE.leads(D(2), D(2))
    assert Kind.DECREASE.leads(D(2), D(1))
    assert not Kind.DECREASE.leads(D(1), D(2))
    assert Kind.KEEP_BELOW.leads(D(0), D(0))


def test_time_that_has_gone() -> None:
    first, last = date(2026, 10, 1), date(2026, 10, 10)
    assert elapsed(first, last, first) == 0
    assert elapsed(first, last, date(2026, 10, 6)) == D("0.5")
    assert elapsed(first, last, last + timedelta(days=1)) == 1
    assert elapsed(first, last, first - timedelta(days=9)) == 0
    assert elapsed(first, last, last + timedelta(days=90)) == 1


def test_a_level_is_due_from_the_first_day() -> None:
    assert due(Kind.KEEP_ABOVE, D(0)) == 1
    assert due(Kind.INCREASE, D("0.3")) == D("0.3")


@pytest.mark.parametrize(
    ("reached", "gone", "light"),
    [("0.5", "0.5", Light.GREEN), ("0.4", "0.5", Light.YELLOW), ("0.3", "0.5", Light.RED), ("0", "0", Light.GREEN)],
)
def test_the_light_compares_with_the_time(reached: str, gone: str, light: Light) -> None:
    assert Part(D(1), D(reached), D(gone)).light is light


def test_an_objective_is_the_weighted_sum() -> None:
    whole = summed([Part(D("0.6"), D("0.50"), D("0.4")), Part(D("0.4"), None, D(1))])
    assert whole.progress == D("0.30")
    assert whole.due == D("0.64")
    assert whole.light is Light.RED


def test_an_objective_without_any_value_has_no_light() -> None:
    assert summed([]).progress is None
    assert summed([Part(D(1), None, D(1))]).light is None


@given(st.lists(st.none() | st.decimals(min_value=-5, max_value=500, places=4), max_size=12))
def test_evened_weights_sum_to_exactly_one(weights: list[Decimal | None]) -> None:
    result = evened(weights)
    assert len(result) == len(weights)
    assert not result or sum(result) == 1
    assert all(weight >= 0 and weight == round(weight, 3) for weight in result)


@given(st.lists(st.decimals(min_value=D("0.01"), max_value=50, places=2), min_size=1, max_size=12))
def test_evened_weights_keep_their_proportions(weights: list[Decimal]) -> None:
    for before, after in zip(weights, evened(weights), strict=True):
        assert abs(before / sum(weights) - after) <= D("0.001")


def test_evening_out() -> None:
    assert evened([None, None, None]) == [D("0.334"), D("0.333"), D("0.333")]
    assert evened([D("0.5"), None, None]) == [D("0.5"), D("0.25"), D("0.25")]
    assert evened([D(1), D(1), None]) == [D("0.334"), D("0.333"), D("0.333")]
    assert evened([D("0.5"), D("0.3"), D("0.2")]) == [D("0.5"), D("0.3"), D("0.2")]
    assert evened([D(0), D(0)]) == [D("0.5"), D("0.5")]


@given(st.lists(shares, min_size=1, max_size=9))
def test_evening_out_twice_changes_nothing(weights: list[Decimal]) -> None:
    once = evened(weights)
    assert evened(once) == once


def test_the_newest_check_in_holds_as_it_was_last_corrected() -> None:
    first, second = Said(1, None, D(10), 6), Said(2, None, D(12), 7)
    assert newest([]) is None
    assert newest([first, second]) == second
    assert newest([first, second, Said(3, 1, D(11), 5)]) == second
    corrected = Said(4, 2, D(13), 8)
    assert newest([first, second, Said(3, 1, D(11), 5), corrected]) == corrected
    assert newest([first, second, corrected, Said(5, 4, D(14), 9)]) == Said(5, 4, D(14), 9)
