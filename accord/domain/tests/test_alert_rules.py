"""Two misses in a row and falling trends, as a fold."""

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.alert_rules import (
    Episode,
    Standing,
    State,
    episodes,
    falls,
    reconcile,
    turning_points,
    weeks_between_false_alarms,
)

M, G = True, False
histories = st.dictionaries(st.integers(1, 20), st.booleans(), max_size=20).map(lambda found: sorted(found.items()))


def of(text: str) -> list[tuple[int, bool]]:
    """`mmg.g`: missed, missed, good, no value, good, from period 1."""
    return [(period, mark == "m") for period, mark in enumerate(text, 1) if mark != "."]


@pytest.mark.parametrize(
    ("history", "found"),
    [
        ("", []),
        ("m", []),
        ("mm", [Episode(2)]),
        ("m.m", []),
        ("mgm", []),
        ("mmmm", [Episode(2)]),
        ("mmg", [Episode(2)]),
        ("mmgg", [Episode(2, 4)]),
        ("mmg.g", [Episode(2)]),
        ("mmgmgg", [Episode(2, 6)]),
        ("mmggmm", [Episode(2, 4), Episode(6)]),
        ("mm....mm", [Episode(2)]),
        ("ggmmgggmm", [Episode(4, 6), Episode(9)]),
    ],
)
def test_episodes(history: str, found: list[Episode]) -> None:
    assert episodes(turning_points(of(history))) == found


def by_hand(history: list[tuple[int, bool]]) -> set[int]:
    """The periods after which an alert is open, counted week by week as a person would."""
    marks, is_open, misses, goods, found = dict(history), False, 0, 0, set()
    for period in range(1, 22):
        misses = misses + 1 if marks.get(period) is M else 0
        goods = goods + 1 if marks.get(period) is G else 0
        is_open = (is_open or misses >= 2) and not goods >= 2
        if is_open:
            found.add(period)
    return found


@given(histories)
def test_the_fold_counts_as_a_person_would(history: list[tuple[int, bool]]) -> None:
    found = episodes(turning_points(history))
    assert {period for period in range(1, 22) if any(one.covers(period) for one in found)} == by_hand(history)


@given(histories, st.randoms())
def test_the_order_in_which_values_arrive_does_not_matter(history: list[tuple[int, bool]], random: object) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert turning_points(shuffled) == turning_points(history)


@given(histories)
def test_it_never_flaps(history: list[tuple[int, bool]]) -> None:
    """An alert lasts at least two periods, and between two alerts lie two misses after the clearing."""
    found = episodes(turning_points(history))
    for one in found:
        assert one.cleared is None or one.cleared >= one.raised + 2
    for one, following in itertools.pairwise(found):
        assert one.cleared is not None
        assert following.raised >= one.cleared + 2


@given(histories)
def test_replay_changes_nothing(history: list[tuple[int, bool]]) -> None:
    stands = reconcile(turning_points(history), [])
    assert reconcile(turning_points(history), stands) == []


@given(st.lists(histories, min_size=1, max_size=6))
def test_whatever_was_corrected_the_alerts_are_true(corrections: list[list[tuple[int, bool]]]) -> None:
    stands: dict[int, Standing] = {}
    for history in corrections:
        stands.update({one.period: one for one in reconcile(turning_points(history), list(stands.values()))})
        misses = {period for period, missed in history if missed}
        is_open = [one for one in stands.values() if one.state is State.OPEN]
        assert len(is_open) == (1 if any(one.cleared is None for one in episodes(turning_points(history))) else 0)
        for one in stands.values():
            assert one.state is State.WITHDRAWN or {one.period, one.period - 1} <= misses
        assert reconcile(turning_points(history), list(stands.values())) == []


@pytest.mark.parametrize(
    ("history", "standing", "changes"),
    [
        # A late value lets the episode begin earlier: the alert that is there stays.
        ("mmm", [Standing(3)], []),
        # The correction makes it untrue, and nothing else holds.
        ("mg", [Standing(2)], [Standing(2, State.WITHDRAWN)]),
        # The correction makes it untrue, but the next two were missed as well.
        ("gmm", [Standing(2)], [Standing(2, State.WITHDRAWN), Standing(3)]),
        # Corrected back.
        ("mm", [Standing(2, State.WITHDRAWN)], [Standing(2)]),
        # The recovery was not true.
        ("mmgm", [Standing(2, State.CLEARED, 4)], [Standing(2)]),
        # It had recovered earlier than was known.
        ("mmggg", [Standing(2, State.CLEARED, 5)], [Standing(2, State.CLEARED, 4)]),
        # What lay between two alerts is gone: the newer one goes on.
        ("mmg.mm", [Standing(2, State.CLEARED, 4), Standing(6)], []),
    ],
)
def test_reconcile(history: str, standing: list[Standing], changes: list[Standing]) -> None:
    assert reconcile(turning_points(of(history)), standing) == changes


def test_false_alarms() -> None:
    assert weeks_between_false_alarms(Fraction(1)) == 2
    assert weeks_between_false_alarms(Fraction(1, 10)) == 110
    with pytest.raises(ValueError, match="chance"):
        weeks_between_false_alarms(Fraction(0))


def test_a_falling_trend_calls_until_two_periods_without_a_decline():
    numbers = [101, 100, 101, 100, 101, 98, 96, 94, 92, 93, 92, 92, 93]
    values = {period: Decimal(number) for period, number in enumerate(numbers, 1)}
    marks = [(8, True), (9, True), (13, False)]
    assert falls(values, lower_is_better=False) == marks
    assert episodes(marks) == [Episode(8, 13)]
    assert falls({period: -value for period, value in values.items()}, lower_is_better=True) == marks
