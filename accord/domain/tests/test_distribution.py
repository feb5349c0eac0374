"""Whole numbers out of shares keep their sum; pools too small to be divided join the one above."""

from decimal import Decimal, localcontext
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.distribution import largest_remainder, merge_upward
from accord.domain.scoring import answer

shares = st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any)


@given(shares, st.integers(0, 10**6))
def test_largest_remainder_keeps_the_sum_and_stays_within_one(parts: list[int], headcount: int) -> None:
    cuts = [sum(parts[:place]) * 10**6 // sum(parts) for place in range(len(parts) + 1)]
    exact = [Decimal(end - start).scaleb(-6) for start, end in pairwise(cuts)]
    counts = answer("distribution", {"shares": exact}, headcount).result
    assert sum(map(int, counts)) == headcount
    for count, share in zip(counts, exact, strict=True):
        assert abs(int(count) - share * headcount) < 1


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=9))
def test_largest_remainder_settles_negative_parts_too(thousandths: list[int]) -> None:
    rest = -sum(thousandths) % 1000
    ideals = [Decimal(part).scaleb(-3) for part in [*thousandths, rest]]
    counts = largest_remainder(ideals)
    assert sum(counts) == sum(ideals)
    assert all(abs(count - ideal) < 1 for count, ideal in zip(counts, ideals, strict=True))


def test_equal_remainders_go_to_the_earlier_place() -> None:
    assert largest_remainder([Decimal("1.5")] * 4) == [2, 2, 1, 1]
    assert largest_remainder([Decimal("0.25"), Decimal("1.5"), Decimal("1.25")]) == [0, 2, 1]


def test_tiny_differences_decide_whatever_precision_the_caller_has() -> None:
    with localcontext() as context:
        context.prec = 3
        assert largest_remainder([Decimal("0.4999999"), Decimal("0.5000001")]) == [0, 1]


def test_parts_that_do_not_sum_to_a_whole_number_are_refused() -> None:
    with pytest.raises(ValueError, match="whole number"):
        largest_remainder([Decimal("0.5"), Decimal("0.4")])


PARENTS = {"华东": "销售部", "华南": "销售部", "销售部": "公司", "研发部": "公司", "测试组": "研发部"}


def test_small_pools_join_the_pool_above() -> None:
    headcounts = {"公司": 2, "销售部": 1, "华东": 12, "华南": 4, "研发部": 30, "测试组": 9}
    assert merge_upward(headcounts, PARENTS, 10) == {
        "公司": "公司",
        "销售部": "公司",
        "华东": "华东",
        "华南": "公司",
        "研发部": "研发部",
        "测试组": "研发部",
    }


def test_small_siblings_fill_the_pool_above_together() -> None:
    assert merge_upward({"华东": 6, "华南": 5, "研发部": 3}, PARENTS, 10) == {
        "华东": "销售部",
        "华南": "销售部",
        "研发部": "公司",
    }


def test_no_pool_is_lost_and_only_the_top_may_stay_small() -> None:
    headcounts = dict.fromkeys(["公司", *PARENTS], 3)
    for minimum in range(1, 30):
        pools = merge_upward(headcounts, PARENTS, minimum)
        sizes = {pool: 3 * list(pools.values()).count(pool) for pool in pools.values()}
        assert sum(sizes.values()) == 18
        assert all(size >= minimum for pool, size in sizes.items() if pool != "公司")


def test_a_circle_of_units_is_refused() -> None:
    with pytest.raises(ValueError, match="above itself"):
        merge_upward({"a": 1}, {"a": "b", "b": "a"}, 5)
