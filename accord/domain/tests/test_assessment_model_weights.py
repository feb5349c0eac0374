"""Weights evened out."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from accord.domain.assessment_model import Share, even_out

ONE = Decimal(1)


def share(weight: str, least: str | None = None, most: str | None = None) -> Share:
    return Share(Decimal(weight), least and Decimal(least), most and Decimal(most))  # type: ignore[arg-type]


def test_thirds_are_settled_to_the_cent_and_the_earlier_gets_the_rest() -> None:
    assert even_out([share("1")] * 3) == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]


def test_proportions_are_kept_where_ranges_allow() -> None:
    assert even_out([share("0.4"), share("0.4"), share("0.2", most="0.1")]) == [
        Decimal("0.45"),
        Decimal("0.45"),
        Decimal("0.1"),
    ]
    assert even_out([share("0.9", least="0.3"), share("0.9")], Decimal("0.8")) == [Decimal("0.4"), Decimal("0.4")]


def test_fine_ranges_are_kept_to_the_millionth() -> None:
    assert even_out([share("0.5", most="0.3333"), share("0.5")]) == [Decimal("0.3333"), Decimal("0.6667")]


def test_what_cannot_be_is_said() -> None:
    assert even_out([]) is None
    assert even_out([share("0.5", least="0.6"), share("0.5", least="0.6")]) is None
    assert even_out([share("0.5", most="0.4"), share("0.5", most="0.4")]) is None


@st.composite
def shares(draw: st.DrawFn) -> Share:
    low, middle, high = sorted(draw(st.lists(st.integers(0, 1_000_000), min_size=3, max_size=3)))
    scale = Decimal(1).scaleb(-6)
    least, most = draw(st.booleans()), draw(st.booleans())
    return Share(middle * scale, low * scale if least else None, high * scale if most else None)


@given(st.lists(shares(), min_size=1, max_size=12))
def test_the_sum_is_exact_and_nothing_leaves_its_range(given_shares: list[Share]) -> None:
    evened = even_out(given_shares)
    lowest = sum((each.least or Decimal() for each in given_shares), Decimal())
    highest = sum((ONE if each.most is None else each.most for each in given_shares), Decimal())
    if evened is None:
        assert lowest > 1 or highest < 1
        return
    assert sum(evened) == 1
    for weight, each in zip(evened, given_shares, strict=True):
        assert (each.least or 0) <= weight <= (ONE if each.most is None else each.most)


@given(st.lists(shares(), min_size=1, max_size=12))
def test_evening_out_what_is_even_changes_nothing(given_shares: list[Share]) -> None:
    evened = even_out(given_shares)
    if evened is not None:
        again = [Share(weight, each.least, each.most) for weight, each in zip(evened, given_shares, strict=True)]
        if all(weight > 0 for weight in evened):
            assert even_out(again) == evened
