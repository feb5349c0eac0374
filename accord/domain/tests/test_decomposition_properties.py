"""What holds for every split: the parts are the whole, the factors multiply back, the means come back."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from accord.domain.decomposition.bases import rounded
from accord.domain.decomposition.chains import Chain, Child, Quantities, split_chain
from accord.domain.decomposition.errors import CannotSplit
from accord.domain.decomposition.schedules import schedule
from accord.domain.decomposition.sums import split_sum

amounts = st.decimals(0, 10**9, places=2)
shares = st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=12)
decimals = st.integers(0, 6)


@given(amounts, shares, decimals)
def test_parts_are_the_whole_and_one_at_most_is_finer(total: Decimal, weights: list[Decimal], places: int) -> None:
    assume(any(weights))
    parts = split_sum(total, weights, places)
    assert sum(parts) == total
    assert sum(part != round(part, places) for part in parts) <= 1
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


@given(amounts, shares, decimals)
def test_nobody_is_further_from_their_share_than_one_step(total: Decimal, weights: list[Decimal], places: int) -> None:
    assume(any(weights))
    whole = sum(map(Fraction, weights))
    total = round(total, places)
    for part, weight in zip(split_sum(total, weights, places), weights, strict=True):
        assert abs(Fraction(part) - Fraction(total) * Fraction(weight) / whole) < Fraction(1, 10**places)


@given(amounts, shares, decimals, st.data())
def test_locks_hold_whatever_the_rest_does(
    total: Decimal, weights: list[Decimal], places: int, draw: st.DataObject
) -> None:
    places_locked = draw.draw(st.sets(st.integers(0, len(weights) - 1)))
    locks = {place: draw.draw(st.decimals(0, 10**9, places=2)) for place in sorted(places_locked)}
    try:
        parts = split_sum(total, weights, places, locks)
    except CannotSplit:
        return
    assert sum(parts) == total
    assert all(parts[place] == value for place, value in locks.items())


positive = st.decimals("0.01", 1000, places=2)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Chain, Quantities, list[Child]]:
    """A product of one to four factors, a whole, and children with rates of their own, some of them locked."""
    length = draw(st.integers(1, 4))
    chain = Chain(
        tuple(draw(st.integers(0, 3)) for _ in range(length)),
        draw(decimals),
        Decimal(draw(st.sampled_from(["1", "0.0001", "100"]))),
    )
    whole = chain.quantities(draw(positive) * 1000, [draw(positive) for _ in range(length - 1)])
    children = [
        Child(draw(positive), tuple(draw(positive) for _ in range(length - 1)), _locks(draw, length))
        for _ in range(draw(st.integers(1, 6)))
    ]
    return chain, whole, children


def _locks(draw: st.DrawFn, length: int) -> dict[int, Decimal]:
    return draw(st.dictionaries(st.integers(0, length), positive, max_size=1)) if draw(st.integers(0, 3)) == 0 else {}


@given(chains())
def test_factors_multiply_back_exactly_and_means_come_back(case: tuple[Chain, Quantities, list[Child]]) -> None:
    chain, whole, children = case
    try:
        parts = split_chain(chain, whole, children)
    except CannotSplit:
        return
    assert tuple(sum(column) for column in zip(*parts, strict=True)) == whole
    totals = [Fraction(0)] * chain.length
    for part in parts:
        factors = chain.factors(part)
        if None not in factors:
            product = Fraction(chain.scale) if chain.length > 1 else Fraction(1)
            for factor in factors:
                product *= factor or 0
            assert product == Fraction(part[-1])
        # Each rate counts with the quantity before it: its weighted mean is the rate of the whole.
        for step in range(1, chain.length):
            totals[step] += Fraction(part[step - 1]) * (factors[step] or 0)
    for step in range(1, chain.length):
        assert totals[step] / Fraction(whole[step - 1]) == chain.factors(whole)[step]


@given(chains())
def test_locked_cells_hold(case: tuple[Chain, Quantities, list[Child]]) -> None:
    chain, whole, children = case
    try:
        parts = split_chain(chain, whole, children)
    except CannotSplit:
        return
    for child, part in zip(children, parts, strict=True):
        factors = (*chain.factors(part), Fraction(part[-1]))
        assert all(factors[number] in (Fraction(value), None) for number, value in child.locks.items())


@given(st.integers(1, 10**6), st.integers(1, 10**4), st.integers(1, 10**4), st.integers(1, 500))
def test_six_stored_decimals_miss_the_product_by_less_than_they_leave_out(v: int, o: int, p: int, many: int) -> None:
    chain = Chain((0, 2, 2), 2)
    part = (Decimal(v), Decimal(o) / 100, Decimal(p) / 100)
    stored = [rounded(factor) for factor in chain.factors(part) if factor is not None]
    missed = abs(stored[0] * stored[1] * stored[2] - part[-1])
    half = Decimal("0.0000005")
    assert missed <= stored[0] * half * (stored[1] + stored[2] + half)


@given(amounts, st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=53), decimals)
def test_the_periods_make_the_cycle(total: Decimal, weights: list[Decimal], places: int) -> None:
    assume(any(weights))
    periods = list(range(2_105_000, 2_105_000 + len(weights)))
    found = schedule(total, periods, weights, places)
    other = {period: Decimal(target) for first, last, target in found.runs for period in range(first, last + 1)}
    assert sum(other.get(period, found.target) for period in periods) == total
