"""Exact attribution: the formulas, trees as others write them, and what is wrong with them."""

from __future__ import annotations

import json
from io import BytesIO
from math import fsum, isclose
from typing import Any

import pytest

from accord.domain.driver_tree.attribution import Attribution, attribute
from accord.domain.driver_tree.cases import answer_trees
from accord.domain.driver_tree.errors import TreeError
from accord.domain.driver_tree.parts import rate_weights
from accord.domain.driver_tree.reading import read_tree


def leaf(before: object, after: object) -> dict[str, Any]:
    return {"before": before, "after": after}


def inner(kind: str, *children: str, **more: object) -> dict[str, Any]:
    return {"kind": kind, "children": list(children), **more}


def worked(**nodes: dict[str, Any]) -> Attribution:
    return attribute(read_tree({"root": "root", "nodes": nodes}))


GMV = {
    "root": inner("product", "visitors", "conversion", "order"),
    "visitors": leaf("100000", "90000"),
    "conversion": leaf("0.02", "0.022"),
    "order": leaf("200", "190"),
}


def test_the_worked_example_of_the_method() -> None:
    found = worked(**GMV)
    assert found.change == pytest.approx(-23_800, rel=1e-12)
    assert {name: round(moved) for name, moved in found.contributions.items()} == {
        "visitors": -40_878,
        "conversion": 36_978,
        "order": -19_901,
    }


def test_a_sum_hands_its_changes_down_as_they_are() -> None:
    found = worked(root=inner("sum", "a", "b"), a=leaf(1, 4), b=leaf(7, -2))
    assert found.contributions == {"a": 3, "b": -9}
    assert found.change == -6


def test_a_ratio_is_moved_by_both_its_parts() -> None:
    found = worked(root=inner("ratio", "a", "b"), a=leaf(10, 20), b=leaf(100, 100))
    assert found.contributions == {"a": pytest.approx(0.1, rel=1e-12), "b": 0}


def test_a_factor_that_becomes_zero_is_shared_by_shapley() -> None:
    """3 × 4 → 3 × 0: the second factor alone; 2 × 4 → 3 × 0: each as it is on the average of both orders."""
    assert worked(root=inner("product", "a", "b"), a=leaf(3, 3), b=leaf(4, 0)).contributions == {"a": 0, "b": -12}
    found = worked(root=inner("product", "a", "b"), a=leaf(2, 3), b=leaf(4, 0))
    assert found.contributions == {"a": 2, "b": -10}


def test_three_factors_by_shapley_are_the_mean_over_all_orders() -> None:
    before, after = (2.0, -3.0, 5.0), (4.0, 1.0, 0.0)
    found = worked(
        root=inner("product", "a", "b", "c"),
        **{name: leaf(b, a) for name, b, a in zip("abc", before, after, strict=True)},
    )
    expected = _mean_over_orders(before, after)
    for name, amount in zip("abc", expected, strict=True):
        assert found.contributions[name] == pytest.approx(amount, rel=1e-12)
    assert found.change == pytest.approx(30)


def _mean_over_orders(before: tuple[float, ...], after: tuple[float, ...]) -> list[float]:
    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    moved = [0.0, 0.0, 0.0]
    for order in orders:
        values = list(before)
        for place in order:
            was = values[0] * values[1] * values[2]
            values[place] = after[place]
            moved[place] += (values[0] * values[1] * values[2] - was) / len(orders)
    return moved


@pytest.mark.parametrize(
    ("above", "below"),
    [((0, 5), (2, 4)), ((-3, 5), (2, 4)), ((3, 5), (-2, 4)), ((-3, -5), (-2, -4))],
)
def test_a_ratio_with_changing_signs_still_adds_up(above: tuple[int, int], below: tuple[int, int]) -> None:
    found = worked(root=inner("ratio", "a", "b"), a=leaf(*above), b=leaf(*below))
    assert sum(found.contributions.values()) == pytest.approx(above[1] / below[1] - above[0] / below[0], rel=1e-12)


def test_a_weighted_mean_is_moved_by_weights_and_values() -> None:
    """Two shops whose rates stay: the mean moves only because the worse one grew."""
    found = worked(
        root=inner("mean", "w1", "v1", "w2", "v2"),
        w1=leaf(100, 100),
        v1=leaf("0.5", "0.5"),
        w2=leaf(100, 300),
        v2=leaf("0.1", "0.1"),
    )
    assert found.change == pytest.approx(0.2 - 0.3)
    assert found.contributions["v1"] == found.contributions["v2"] == found.contributions["w1"] == 0
    assert found.contributions["w2"] == pytest.approx(-0.1)


def test_the_same_leaf_in_several_places_adds_up() -> None:
    """share = a / (a + b): a counts above and below."""
    found = worked(root=inner("ratio", "a", "all"), all=inner("sum", "a", "b"), a=leaf(1, 3), b=leaf(9, 9))
    assert set(found.contributions) == {"a", "b"}
    assert found.contributions["a"] == pytest.approx(3 / 12 - 1 / 10)
    assert found.contributions["b"] == 0


def test_what_a_measured_node_does_not_owe_to_its_parts_is_its_residual() -> None:
    nodes = {**GMV, "root": inner("product", "visitors", "conversion", "order", before="401000", after="370000")}
    found = worked(**nodes)
    assert found.change == -31_000
    assert found.residuals == {"root": pytest.approx(-31_000 + 23_800, rel=1e-9)}
    assert fsum([*found.contributions.values(), *found.residuals.values()]) == pytest.approx(found.change, rel=1e-12)


def test_a_scale_makes_one_unit_of_another() -> None:
    nodes = {**GMV, "root": inner("product", "visitors", "conversion", "order", scale="0.0001")}
    assert worked(**nodes).change == pytest.approx(-2.38, rel=1e-12)


def test_small_changes_of_large_values_keep_their_digits() -> None:
    found = worked(root=inner("product", "a", "b"), a=leaf("123456789012.34", "123456789012.35"), b=leaf(1, 1))
    assert isclose(found.contributions["a"], 0.01, rel_tol=1e-12)


@pytest.mark.parametrize("ratio", ["1e-300", "1e-15", "1.0000000000000002", "1e300"])
def test_the_extremes_of_a_ratio_of_values(ratio: str) -> None:
    found = worked(root=inner("product", "a", "b"), a=leaf("1", ratio), b=leaf("2", "3"))
    assert fsum(found.contributions.values()) == pytest.approx(3 * float(ratio) - 2, rel=1e-9)


def test_ten_thousand_levels() -> None:
    nodes = {f"n{place}": inner("sum", f"n{place + 1}", f"l{place}") for place in range(10_000)}
    nodes |= {f"l{place}": leaf(1, 2) for place in range(10_000)} | {"n10000": leaf(0, 5)}
    found = attribute(read_tree({"root": "n0", "nodes": nodes}))
    assert found.change == 10_005


def test_fifty_thousand_parts_of_one_node() -> None:
    nodes = {f"l{place}": leaf("1", "1.00001") for place in range(50_000)}
    found = attribute(read_tree({"root": "root", "nodes": {"root": inner("product", *nodes), **nodes}}))
    assert found.change == pytest.approx(1.00001**50_000 - 1, rel=1e-9)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("missing_node", {"root": "nowhere", "nodes": {}}),
    ("missing_node", {"root": "r", "nodes": {"r": inner("sum", "gone")}}),
    ("cycle", {"root": "r", "nodes": {"r": inner("sum", "a"), "a": inner("sum", "r")}}),
    ("cycle", {"root": "r", "nodes": {"r": inner("sum", "a"), "a": inner("sum", "b"), "b": inner("sum", "a")}}),
    ("cycle", {"root": "r", "nodes": {"r": inner("sum", "r")}}),
    ("unknown_kind", {"root": "r", "nodes": {"r": inner("median", "a"), "a": leaf(1, 2)}}),
    ("unknown_kind", {"root": "r", "nodes": {"r": {"children": ["a"]}, "a": leaf(1, 2)}}),
    ("wrong_number_of_parts", {"root": "r", "nodes": {"r": inner("ratio", "a"), "a": leaf(1, 2)}}),
    ("wrong_number_of_parts", {"root": "r", "nodes": {"r": inner("mean", "a"), "a": leaf(1, 2)}}),
    ("wrong_number_of_parts", {"root": "r", "nodes": {"r": inner("sum")}}),
    ("missing_value", {"root": "r", "nodes": {"r": {"before": "1"}}}),
    ("missing_value", {"root": "r", "nodes": {"r": {"kind": "sum", "children": ["a"], "after": 1}, "a": leaf(1, 2)}}),
    ("not_a_number", {"root": "r", "nodes": {"r": leaf("1", "viel")}}),
    ("not_a_number", {"root": "r", "nodes": {"r": leaf("1", True)}}),
    ("not_a_number", {"root": "r", "nodes": {"r": leaf("1", "1_000")}}),
    ("not_a_number", {"root": "r", "nodes": {"r": leaf("1", "１２")}}),
    ("number_not_finite", {"root": "r", "nodes": {"r": leaf("1", "NaN")}}),
    ("number_out_of_range", {"root": "r", "nodes": {"r": leaf("1", "1e999")}}),
    (
        "number_out_of_range",
        {"root": "r", "nodes": {"r": inner("product", "a", "b"), "a": leaf("1e200", "1e200"), "b": leaf("1e200", "1")}},
    ),
    ("division_by_zero", {"root": "r", "nodes": {"r": inner("ratio", "a", "b"), "a": leaf(1, 2), "b": leaf(1, 0)}}),
    ("division_by_zero", {"root": "r", "nodes": {"r": inner("mean", "a", "b"), "a": leaf(0, 2), "b": leaf(1, 0)}}),
    ("not_a_number", {"root": "r", "nodes": {"r": inner("sum", "a", scale="-1"), "a": leaf(1, 2)}}),
    ("wrong_shape", {"root": "r", "nodes": []}),
    ("wrong_shape", {"root": "r", "nodes": {"r": 5}}),
    ("wrong_shape", {"root": "r", "nodes": {"r": {"kind": "sum", "children": "a"}}}),
]


@pytest.mark.parametrize(("code", "tree"), WRONG)
def test_what_is_wrong_has_a_code_and_a_sentence(code: str, tree: dict[str, Any]) -> None:
    with pytest.raises(TreeError) as caught:
        attribute(read_tree(tree))
    assert caught.value.code == code
    assert all(caught.value.explain(language) for language in ("zh-hans", "en"))


def test_a_product_of_very_many_factors_with_a_zero_is_refused() -> None:
    nodes = {f"l{place}": leaf("1", "0") for place in range(1_001)}
    with pytest.raises(TreeError, match="too_many_factors"):
        attribute(read_tree({"root": "root", "nodes": {"root": inner("product", *nodes), **nodes}}))


def test_nodes_that_hang_nowhere_do_not_count() -> None:
    found = worked(root=inner("sum", "a"), a=leaf(1, 2), stray=leaf(5, 9), loop=inner("sum", "loop"))
    assert found.contributions == {"a": 1}


def answers(text: str) -> list[dict[str, Any]]:
    return [json.loads(each.as_json()) for each in answer_trees(BytesIO(text.encode()))]


def test_lines_are_answered_in_order_and_a_bad_one_does_not_stop_the_rest() -> None:
    tree = {"root": "root", "nodes": {"root": inner("sum", "a"), "a": leaf("0.25", 0.75)}}
    zero = {"root": "r", "nodes": {"r": inner("ratio", "a", "b"), "a": leaf(1, 2), "b": leaf(1, 0)}}
    lines = [json.dumps({"id": 7, "tree": tree}), "", "{not JSON", json.dumps({"id": "z", "tree": zero}), "[]"]
    first, second, third, fourth = answers("\ufeff" + "\n".join(lines))
    assert first == {"id": 7, "change": 0.5, "contributions": {"a": 0.5}}
    assert second == {"id": None, "error": "unreadable_line", "line": 3}
    assert (third["id"], third["error"], third["node"]) == ("z", "division_by_zero", "r")
    assert fourth["line"] == 5


def test_one_tree_written_over_several_lines() -> None:
    tree = {"root": "root", "nodes": {"root": inner("sum", "a"), "a": leaf(1, 3)}}
    assert answers(json.dumps(tree, indent=2)) == [{"id": None, "change": 2.0, "contributions": {"a": 2.0}}]
    assert answers("") == []


def test_residuals_are_answered_beside_the_contributions() -> None:
    tree = {"root": "root", "nodes": {"root": inner("sum", "a", before=1, after=4), "a": leaf(1, 3)}}
    assert answers(json.dumps(tree)) == [
        {"id": None, "change": 3.0, "contributions": {"a": 2.0}, "residuals": {"root": 1.0}}
    ]


@pytest.mark.parametrize(("above", "below"), [((30.0, 20.0), (600.0, 500.0)), ((0.0, 20.0), (600.0, 500.0))])
def test_a_rate_is_moved_by_its_two_parts(above: tuple[float, float], below: tuple[float, float]) -> None:
    weights = rate_weights(above, below)
    assert weights is not None
    moved = weights[0] * (above[1] - above[0]) + weights[1] * (below[1] - below[0])
    assert moved == pytest.approx(above[1] / below[1] - above[0] / below[0], rel=1e-12)
    assert rate_weights(above, (0.0, 1.0)) is None
