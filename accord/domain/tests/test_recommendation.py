"""What is recommended: fit before quality, quality smoothed, variety where it costs little, nothing twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.recommendation import (
    PRIOR_WEIGHT,
    Candidate,
    Seen,
    Wish,
    best,
    quality,
    reach_of,
    smoothed,
    usual,
)

LOW = Wish(now=1, goal=3, language="zh")


def candidate(key: int, level: int | None = 2, kind: str = "guide", minutes: int = 10, **more: object) -> Candidate:
    languages = frozenset({str(more["language"])}) if "language" in more else frozenset[str]()
    seen = more.get("seen", Seen())
    assert isinstance(seen, Seen)
    return Candidate(key, level, minutes, languages, kind, seen)


@pytest.mark.parametrize(
    ("level", "wish", "reach"),
    [
        (2, LOW, "next"),
        (3, LOW, "goal"),
        (1, LOW, "near"),
        (4, LOW, "far"),
        (None, LOW, "any"),
        (3, Wish(3, 3), "next"),
        (2, Wish(3, 3), "near"),
        (1, Wish(4, 3), "far"),
        (2, Wish(2, None), "next"),
        (1, Wish(None, None), "next"),
        (3, Wish(None, None), "near"),
        (2, Wish(None, 2), "next"),
    ],
)
def test_how_a_level_lies_to_where_somebody_stands(level: int | None, wish: Wish, reach: str) -> None:
    assert reach_of(level, wish) == reach


def test_the_gap_is_what_is_missing_and_never_less_than_nothing() -> None:
    assert [Wish(1, 3).gap, Wish(4, 3).gap, Wish(None, 3).gap, Wish(1, None).gap] == [2, 0, 0, 0]


def test_two_voices_do_not_beat_sixty() -> None:
    few, many = Seen(opened=2, finished=2, answered=2, helped=2), Seen(opened=60, finished=55, answered=60, helped=55)
    rates = usual([few, many])
    assert quality(many, rates) > quality(few, rates) > quality(Seen(), rates) - 0.2
    assert [each.key for each in best([candidate(1, seen=few), candidate(2, seen=many)], LOW)] == [2, 1]


def test_the_new_starts_in_the_middle() -> None:
    good, bad = Seen(30, 28, 28, 27), Seen(30, 6, 6, 1)
    chosen = best([candidate(1, seen=bad), candidate(2), candidate(3, seen=good)], LOW)
    assert [each.key for each in chosen] == [3, 2, 1]


def test_another_language_comes_later_and_none_matters_not() -> None:
    chosen = best([candidate(1, language="en"), candidate(2, language="zh"), candidate(3)], LOW)
    assert [each.key for each in chosen] == [2, 3, 1]


def test_another_kind_comes_before_one_as_good_of_the_same() -> None:
    chosen = best([candidate(1), candidate(2), candidate(3, kind="book", minutes=600)], LOW, most=2)
    assert [each.key for each in chosen] == [1, 3]


def test_a_much_better_one_of_the_same_kind_stays_before_another_kind() -> None:
    chosen = best([candidate(1), candidate(2), candidate(3, level=4, kind="book")], LOW, most=2)
    assert [each.key for each in chosen] == [1, 2]


def test_of_two_alike_the_shorter_comes_first() -> None:
    assert [each.key for each in best([candidate(1, minutes=60), candidate(2, minutes=5)], LOW)] == [2, 1]


SEENS = st.builds(
    lambda opened, finished, answered, helped: Seen(
        opened, min(opened, finished), min(opened, answered), min(opened, answered, helped)
    ),
    *(st.integers(0, 200) for _ in range(4)),
)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 50),
        st.none() | st.integers(1, 5),
        st.integers(1, 900),
        st.sampled_from([frozenset[str](), frozenset({"zh"}), frozenset({"en"})]),
        st.sampled_from(["guide", "book", "course"]),
        SEENS,
    ),
    unique_by=lambda each: each.key,
    max_size=12,
)


@given(CANDIDATES, st.none() | st.integers(1, 5), st.none() | st.integers(1, 5), st.sets(st.integers(1, 50)))
def test_nothing_known_nothing_twice_at_most_three_and_the_best_first(
    candidates: list[Candidate], now: int | None, goal: int | None, known: set[int]
) -> None:
    chosen = best(candidates, Wish(now, goal, "zh"), known)
    keys = [each.key for each in chosen]
    assert len(keys) == len(set(keys)) == min(3, len({each.key for each in candidates} - known))
    assert not set(keys) & known
    if chosen:
        left = best(candidates, Wish(now, goal, "zh"), known, most=50)
        assert chosen[0].score == max(each.score for each in left)
    assert all(0 <= each.score <= 1 for each in chosen)


@given(st.integers(0, 100), st.integers(0, 100), st.floats(0, 1))
def test_a_smoothed_rate_lies_between_what_was_seen_and_what_is_usual(hits: int, misses: int, prior: float) -> None:
    rate = smoothed(hits, hits + misses, prior)
    seen = hits / (hits + misses) if hits + misses else prior
    assert min(seen, prior) - 1e-9 <= rate <= max(seen, prior) + 1e-9
    assert smoothed(0, 0, prior) == pytest.approx(prior)
    assert PRIOR_WEIGHT > 0
