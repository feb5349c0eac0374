"""Targets that are independent but linked, and printed parts that add up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.driver_tree.errors import CannotRetarget
from accord.domain.driver_tree.flat import Kind
from accord.domain.driver_tree.settling import settle
from accord.domain.driver_tree.targets import Goal, formula, gaps, retarget

GMV, VISITORS, CONVERSION, ORDER, WHOLE, OTHER = range(1, 7)


def number(text: str) -> Decimal:
    return Decimal(text)


def stores() -> dict[int, Goal]:
    """Two groups; the GMV of the first is visitors × conversion × order value in 万元."""
    return {
        WHOLE: Goal("全部", Kind.SUM, (GMV, OTHER), number("382"), 2),
        GMV: Goal("GMV", Kind.PRODUCT, (VISITORS, CONVERSION, ORDER), number("181.944"), 2, number("0.000001")),
        VISITORS: Goal("访客数", target=number("399000"), decimals=0),
        CONVERSION: Goal("转化率", target=number("2.4"), decimals=2),
        ORDER: Goal("客单价", target=number("190"), decimals=2),
        OTHER: Goal("欧洲", target=number("200.056"), decimals=2),
    }


def after(goals: dict[int, Goal], moved: dict[int, Decimal], key: int) -> Fraction:
    """What the parts of a node make with their new targets."""
    return formula(goals[key], [Fraction(moved.get(each, goals[each].target or 0)) for each in goals[key].children])


def test_targets_that_fit_have_no_gap_and_others_show_theirs() -> None:
    goals = stores()
    assert gaps(goals) == {WHOLE: 0, GMV: 0}
    goals[GMV] = Goal("GMV", Kind.PRODUCT, goals[GMV].children, number("190"), 2, goals[GMV].scale)
    assert gaps(goals) == {WHOLE: number("-8.056"), GMV: number("8.056")}
    goals[ORDER] = Goal("客单价")
    assert GMV not in gaps(goals)


def test_the_siblings_carry_a_change_in_proportion_and_all_above_holds() -> None:
    goals = stores()
    moved = retarget(goals, CONVERSION, number("2.6"))
    assert moved.keys() == {VISITORS, CONVERSION, ORDER}
    assert moved[VISITORS] == 383_347
    assert abs(after(goals, moved, GMV) - Fraction(number("181.944"))) < Fraction(1, 10**5)
    assert Fraction(moved[ORDER]) / 190 == pytest.approx(float(moved[VISITORS] / 399_000), rel=1e-5)


def test_a_locked_sibling_stays_and_the_last_one_carries_it_all() -> None:
    moved = retarget(stores(), CONVERSION, number("2.5"), locked={VISITORS})
    assert moved == {CONVERSION: number("2.5"), ORDER: number("182.4")}


def test_where_the_siblings_stay_everything_above_follows() -> None:
    moved = retarget(stores(), CONVERSION, number("2.5"), "others")
    assert moved == {CONVERSION: number("2.5"), GMV: number("189.525"), WHOLE: number("389.581")}


def test_what_lies_below_a_changed_target_follows_it() -> None:
    goals = stores()
    moved = retarget(goals, GMV, number("200"))
    assert moved[OTHER] == 182
    assert abs(after(goals, moved, GMV) - 200) < Fraction(1, 10**5)
    assert WHOLE not in moved
    raised = retarget(goals, WHOLE, number("764"))
    assert (raised[GMV], raised[OTHER]) == (number("363.89"), number("400.11"))
    assert abs(after(goals, raised, GMV) - Fraction(raised[GMV])) < Fraction(1, 10**5)


def ratio(above: str, below: str, rate: str) -> dict[int, Goal]:
    return {
        1: Goal("转化率", Kind.RATIO, (2, 3), number(rate), 2, number("100")),
        2: Goal("订单数", target=number(above), decimals=0),
        3: Goal("访客数", target=number(below), decimals=0),
    }


def test_the_other_part_of_a_ratio_follows() -> None:
    goals = ratio("250", "10000", "2.5")
    assert retarget(goals, 3, number("12000")) == {3: 12_000, 2: 300}
    assert retarget(goals, 2, number("300")) == {2: 300, 3: 12_000}
    assert retarget(goals, 1, number("3")) == {1: 3, 2: 300}
    assert retarget(goals, 1, number("2"), locked={2}) == {1: 2, 3: 12_500}
    assert retarget(goals, 3, number("20000"), "others") == {3: 20_000, 1: number("1.25")}


def mean() -> dict[int, Goal]:
    return {
        1: Goal("平均满意度", Kind.MEAN, (2, 3, 4, 5), number("90"), 1),
        2: Goal("人数一", target=number("10"), decimals=0),
        3: Goal("满意度一", target=number("90"), decimals=1),
        4: Goal("人数二", target=number("30"), decimals=0),
        5: Goal("满意度二", target=number("90"), decimals=1),
    }


def test_the_other_values_of_a_mean_follow_and_its_weights_stay() -> None:
    assert retarget(mean(), 3, number("84")) == {3: 84, 5: 92}
    assert retarget(mean(), 2, number("20")) == {2: 20}
    assert retarget(mean(), 1, number("95")) == {1: 95, 3: 95, 5: 95}
    assert retarget(mean(), 3, number("94"), "others") == {3: 94, 1: 91}


def flat(kind: Kind, whole: str, *targets: str) -> dict[int, Goal]:
    """A root, 0, over parts with these targets and no decimals."""
    keys = tuple(range(1, len(targets) + 1))
    parts = {key: Goal(str(key), target=number(target), decimals=0) for key, target in zip(keys, targets, strict=True)}
    return {0: Goal("全部", kind, keys, number(whole), 0), **parts}


@pytest.mark.parametrize(
    ("code", "goals", "changed", "value", "keep", "locked"),
    [
        ("driver_targets_locked", stores(), CONVERSION, "2.5", "root", {VISITORS, ORDER}),
        ("driver_targets_locked", ratio("250", "10000", "2.5"), 1, "3", "root", {2, 3}),
        ("driver_target_above_locked", stores(), CONVERSION, "2.5", "others", {WHOLE}),
        ("driver_target_out_of_reach", stores(), CONVERSION, "0", "root", set()),
        ("driver_target_out_of_reach", stores(), GMV, "400", "root", set()),
        ("driver_target_out_of_reach", ratio("250", "10000", "2.5"), 3, "0", "others", set()),
        ("driver_target_out_of_reach", ratio("250", "10000", "2.5"), 2, "0", "root", {1}),
        ("driver_target_out_of_reach", flat(Kind.SUM, "5", "5", "0", "0"), 1, "3", "root", set()),
        ("driver_target_out_of_reach", flat(Kind.PRODUCT, "8", "2", "1", "4"), 1, "2000", "root", set()),
        ("driver_target_out_of_reach", flat(Kind.MEAN, "5", "2", "5", "3", "0"), 2, "4", "root", set()),
        ("driver_target_missing", {**stores(), ORDER: Goal("客单价")}, CONVERSION, "2.5", "root", set()),
        ("driver_target_missing", {**stores(), OTHER: Goal("欧洲")}, CONVERSION, "2.5", "others", set()),
    ],
)
def test_what_cannot_follow_says_why(code, goals, changed, value, keep, locked) -> None:
    with pytest.raises(CannotRetarget) as caught:
        retarget(goals, changed, number(value), keep, locked)
    assert caught.value.code == code
    assert caught.value.details["node"] in caught.value.explain("zh-hans")


def test_a_tree_of_one_node_moves_alone_and_the_same_target_moves_nothing() -> None:
    assert retarget({1: Goal("GMV", target=number("5"))}, 1, number("6")) == {1: 6}
    assert retarget(stores(), CONVERSION, number("2.4")) == {}


positive = st.decimals("0.5", "5000", places=2)


@given(st.lists(positive, min_size=2, max_size=5), positive, st.sampled_from([Kind.SUM, Kind.PRODUCT]))
def test_the_root_holds_whenever_an_answer_is_given(targets: list[Decimal], value: Decimal, kind: Kind) -> None:
    keys = tuple(range(1, len(targets) + 1))
    goals = {key: Goal(str(key), target=target, decimals=2) for key, target in zip(keys, targets, strict=True)}
    whole = formula(Goal("root", kind, keys), [Fraction(target) for target in targets])
    goals[0] = Goal("root", kind, keys, round(Decimal(whole.numerator) / whole.denominator, 6))
    try:
        moved = retarget(goals, 1, value)
    except CannotRetarget:
        assert kind is Kind.SUM
        return
    assert 0 not in moved
    made = after(goals, moved, 0)
    # The last part is kept with six decimals, and so is the root: half a millionth each, times what the others make.
    others = max(made / Fraction(moved.get(key) or targets[key - 1]) for key in keys) if kind is Kind.PRODUCT else 1
    assert abs(made - whole) <= Fraction(1, 2 * 10**6) * (others + 1)


def test_the_worked_example_settles() -> None:
    assert sum(settle([-40_877.5, 36_978.2, -19_900.7], 0, number("-23800"))) == -23_800
    assert settle([], 2) == []
    assert sum(settle([number("0.4"), number("0.4"), number("0.4")], 0)) == 1


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20), st.integers(0, 4), st.floats(-0.4, 0.4))
def test_settled_parts_add_up_and_none_is_far_from_its_own(parts: list[float], decimals: int, off: float) -> None:
    step = Decimal(1).scaleb(-decimals)
    total = sum(map(Decimal, parts)) + Decimal(off) * step
    found = settle(parts, decimals, total)
    assert sum(found) == (total / step).to_integral_value("ROUND_HALF_UP") * step
    assert all(abs(new - Decimal(part)) <= 2 * step for new, part in zip(found, parts, strict=True))
