"""Splitting: every case a person would check with a pocket calculator, and every refusal with its sentence."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from accord.domain.decomposition.bases import by_hand, by_last, days_present, presence, rounded, seasonal
from accord.domain.decomposition.chains import Chain, Child, Node, split_chain, split_tree
from accord.domain.decomposition.errors import (
    AllLocked,
    BadNumber,
    LocksExceedTotal,
    NothingToShareBy,
    OutOfReach,
    TwoLocksInOne,
)
from accord.domain.decomposition.schedules import schedule
from accord.domain.decomposition.sums import split_sum
from accord.domain.decomposition.units import scale

ONE = Decimal(1)
GMV = Chain((0, 2, 2), 2, Decimal("0.000001"))


def test_the_largest_remainder_goes_up_and_ties_to_the_earlier() -> None:
    assert split_sum(Decimal("100"), [ONE, ONE, ONE], 2) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert split_sum(Decimal("10"), [Decimal(3), Decimal(3), Decimal(1)], 0) == [Decimal(4), Decimal(4), Decimal(2)]
    assert split_sum(Decimal("10"), [Decimal(1), Decimal(2), Decimal(4)], 0) == [Decimal(1), Decimal(3), Decimal(6)]


def test_what_is_locked_stays_and_the_rest_divides_what_remains() -> None:
    assert split_sum(Decimal(100), [ONE, ONE, ONE], 0, {1: Decimal(50)}) == [Decimal(25), Decimal(50), Decimal(25)]


def test_a_total_finer_than_the_metric_is_carried_by_the_largest_share() -> None:
    assert split_sum(Decimal("10.005"), [ONE, Decimal(2)], 1) == [Decimal("3.3"), Decimal("6.705")]


def test_nothing_left_gives_nothing_to_those_who_are_free() -> None:
    assert split_sum(Decimal(5), [ONE, Decimal(0)], 0, {0: Decimal(5)}) == [Decimal(5), Decimal(0)]
    assert split_sum(Decimal(5), [ONE], 0, {0: Decimal(5)}) == [Decimal(5)]
    assert split_sum(Decimal(0), [], 2) == []


@pytest.mark.parametrize(
    ("locks", "shares", "error", "words"),
    [
        ({0: Decimal(11)}, [ONE, ONE], LocksExceedTotal, "锁定的合计 11 已超过总数 10"),
        ({0: Decimal(4), 1: Decimal(5)}, [ONE, ONE], AllLocked, "合计 9 与总数 10 不一致"),
        ({}, [Decimal(0), Decimal(0)], NothingToShareBy, "还有 10 没有着落"),
        ({}, [Decimal(-1), ONE], BadNumber, "-1 不能用来拆解"),
        ({}, [Decimal("NaN")], BadNumber, "NaN"),
        ({0: Decimal("1e400")}, [ONE], BadNumber, "1E+400"),
        ({0: Decimal("1e-30")}, [ONE], BadNumber, "1E-30"),
    ],
)
def test_a_split_without_answer_says_why(locks, shares, error, words) -> None:
    with pytest.raises(error) as refused:
        split_sum(Decimal(10), shares, 0, locks)
    assert words in refused.value.explain("zh-hans")
    assert str(refused.value).startswith(refused.value.code)


def test_a_product_splits_with_the_rates_of_the_whole() -> None:
    whole = GMV.quantities(Decimal("494"), [Decimal(1083334), Decimal("2.4")])
    parts = split_chain(GMV, whole, [Child(Decimal(2), (ONE, ONE)), Child(ONE, (ONE, ONE))])
    visitors, conversion, value = GMV.factors(parts[0])
    assert (visitors, conversion) == (722223, Fraction("2.4"))
    assert visitors * conversion * value * Fraction(GMV.scale) == Fraction(parts[0][-1])
    assert [sum(column) for column in zip(*parts, strict=True)] == list(whole)
    assert rounded(value) == Decimal("189.997872")


def test_own_rates_keep_their_proportion_and_the_weighted_mean_comes_back() -> None:
    whole = GMV.quantities(Decimal(456), [Decimal(1000000), Decimal("2.4")])
    parts = split_chain(GMV, whole, [Child(ONE, (Decimal(3), ONE)), Child(ONE, (Decimal(2), ONE))])
    first, second = (GMV.factors(part)[1] for part in parts)
    assert first / second == Fraction(3, 2)
    assert (first + second) / 2 == Fraction("2.4")


def test_a_locked_product_takes_the_volume_with_it_and_leaves_the_rates_alone() -> None:
    whole = GMV.quantities(Decimal(456), [Decimal(1000000), Decimal("2.4")])
    parts = split_chain(GMV, whole, [Child(ONE, (ONE, ONE), {3: Decimal(342)}), Child(ONE, (ONE, ONE))])
    assert [part[0] for part in parts] == [Decimal(750000), Decimal(250000)]
    assert [part[-1] for part in parts] == [Decimal(342), Decimal(114)]
    assert {GMV.factors(part)[1:] for part in parts} == {(Fraction("2.4"), Fraction(190))}


def test_locked_factors_hold_and_the_others_carry() -> None:
    whole = GMV.quantities(Decimal(456), [Decimal(1000000), Decimal("2.4")])
    locks = {0: Decimal(400000), 1: Decimal("3"), 2: Decimal("200")}
    children = [Child(ONE, (ONE, ONE), locks), Child(ONE, (ONE, ONE))]
    held, other = (GMV.factors(part) for part in split_chain(GMV, whole, children))
    assert held == (400000, 3, 200)
    assert other == (600000, 2, 180)


def test_a_locked_whole_leaves_the_others_nothing() -> None:
    whole = GMV.quantities(Decimal(456), [Decimal(1000000), Decimal("2.4")])
    parts = split_chain(GMV, whole, [Child(ONE, (ONE, ONE), {3: Decimal(456)}), Child(ONE, (ONE, ONE))])
    assert parts[1] == (0, 0, 0)
    assert GMV.factors(parts[1]) == (0, None, None)


def test_a_rate_of_nothing_reaches_no_locked_product() -> None:
    whole = GMV.quantities(Decimal(456), [Decimal(1000000), Decimal("2.4")])
    with pytest.raises(OutOfReach):
        split_chain(GMV, whole, [Child(ONE, (Decimal(0), ONE), {3: Decimal(1)}), Child(ONE, (ONE, ONE))])
    with pytest.raises(TwoLocksInOne):
        split_chain(GMV, whole, [Child(ONE, (ONE, ONE), {2: Decimal(1), 3: Decimal(1)})])


def test_a_tree_splits_level_by_level_and_names_where_it_fails() -> None:
    people = (Node("e1", Child(ONE)), Node("e2", Child(ONE)))
    alone = (Node("e3", Child(ONE)),)
    root = Node("u1", Child(ONE), (Node("u2", Child(ONE), people), Node("u3", Child(Decimal(3)), alone)))
    found = split_tree(Chain((2,), 2), (Decimal("0.10"),), root)
    said = {key: str(value[0]) for key, value in found.items()}
    assert said == {"u1": "0.10", "u2": "0.03", "u3": "0.07", "e1": "0.02", "e2": "0.01", "e3": "0.07"}
    assert Chain((2,), 2).factors((Decimal("0.07"),)) == (Fraction("0.07"),)
    bad = Node("u1", Child(ONE), (Node("u2", Child(ONE), (Node("e1", Child(Decimal(0))),)),))
    with pytest.raises(NothingToShareBy) as refused:
        split_tree(Chain((2,), 2), (ONE,), bad)
    assert refused.value.where == "u2"


def test_days_count_from_joining_to_leaving_without_leave() -> None:
    first, last = date(2026, 10, 1), date(2026, 12, 31)
    assert days_present(first, last, None, None) == 92
    assert days_present(first, last, date(2026, 12, 1), None) == 31
    assert days_present(first, last, date(2020, 1, 1), date(2026, 10, 10), away=3) == 7
    assert days_present(first, last, date(2027, 1, 1), None) == 0
    assert presence(92, 92) == 1
    assert presence(46, 92) == Decimal("0.5")


def test_the_last_values_count_for_the_days_one_is_here() -> None:
    present = [ONE, Decimal("0.5"), ONE]
    assert by_last([Decimal(30), None, Decimal(-5)], present) == [Decimal(30), Decimal(15), Decimal(30)]
    assert by_last([None, Decimal(0)], [ONE, Decimal("0.5")]) == [ONE, Decimal("0.5")]
    assert by_hand([None, Decimal(0)]) == [ONE, ONE]
    assert by_hand([Decimal(60), None]) == [Decimal(60), Decimal(0)]
    assert seasonal([Decimal(10), Decimal(30), None]) == [Decimal(10), Decimal(30), Decimal(20)]


def test_a_schedule_names_only_what_differs_from_the_ordinary_target() -> None:
    even = schedule(Decimal("100.10"), [2105, 2106, 2107, 2108], [ONE] * 4, 2)
    assert (even.target, even.runs) == (Decimal("25.03"), ((2107, 2108, "25.02"),))
    peak = schedule(Decimal(100), [1, 2, 3, 4, 5], [ONE, ONE, Decimal(3), Decimal(3), Decimal(2)], 0)
    assert (peak.target, peak.runs) == (Decimal(10), ((3, 4, "30"), (5, 5, "20")))
    assert schedule(Decimal(7), [], [], 0).target == 7


def test_units_of_measure_make_the_scale() -> None:
    assert scale("万元", ["人", "%", "元"]) == Decimal("0.000001")
    assert scale("元", ["家", "元"]) == 1
    assert scale("元", ["万人", "元"]) == 10000
