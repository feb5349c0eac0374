"""What holds for every tree: nothing is left over, and nothing depends on how it is written down."""

from __future__ import annotations

from math import fsum
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.driver_tree.attribution import Attribution, attribute
from accord.domain.driver_tree.reading import read_tree

Nodes = dict[str, dict[str, Any]]
positive = st.floats(1e-3, 1e3)
anything = st.one_of(st.just(0.0), st.floats(-1e3, -1e-3), positive)


@st.composite
def trees(draw: st.DrawFn, values: st.SearchStrategy[float], kinds: tuple[str, ...]) -> Nodes:
    """Up to three levels of up to four parts."""
    nodes: Nodes = {}

    def grow(name: str, depth: int) -> None:
        kind = draw(st.sampled_from(kinds)) if depth == 0 else draw(st.sampled_from((*kinds, "leaf", "leaf")))
        if kind == "leaf" or depth == 3:
            nodes[name] = {"before": draw(values), "after": draw(values)}
            return
        count = 2 if kind == "ratio" else 2 * draw(st.integers(1, 2)) if kind == "mean" else draw(st.integers(1, 4))
        children = [f"{name}.{place}" for place in range(count)]
        nodes[name] = {"kind": kind, "children": children}
        for child in children:
            grow(child, depth + 1)

    grow("r", 0)
    return nodes


def worked(nodes: Nodes) -> Attribution:
    return attribute(read_tree({"root": "r", "nodes": nodes}))


def gross(found: Attribution) -> float:
    return fsum(abs(moved) for moved in found.contributions.values()) + float(np.abs(found.values[:, 0]).max())


@given(trees(positive, ("product", "sum", "ratio", "mean")))
@settings(max_examples=40)
def test_contributions_sum_to_the_change_of_the_root(nodes: Nodes) -> None:
    found = worked(nodes)
    before, after = found.values[:, found.tree.root]
    assert abs(fsum(found.contributions.values()) - (after - before)) <= 1e-9 * gross(found)
    assert abs(found.change - fsum(found.contributions.values())) <= 1e-9 * gross(found)


@given(trees(anything, ("product", "sum")))
@settings(max_examples=40)
def test_also_where_values_are_zero_negative_or_change_sign(nodes: Nodes) -> None:
    found = worked(nodes)
    before, after = found.values[:, found.tree.root]
    assert abs(fsum(found.contributions.values()) - (after - before)) <= 1e-9 * (gross(found) + 1)


@given(trees(positive, ("product", "sum", "ratio", "mean")), st.sampled_from([0.125, 4.0, 1024.0]))
@settings(max_examples=40)
def test_another_unit_of_the_root_is_another_unit_of_every_contribution(nodes: Nodes, times: float) -> None:
    found = worked(nodes)
    scaled = worked({**nodes, "r": {**nodes["r"], "scale": times}})
    for name, moved in found.contributions.items():
        assert abs(scaled.contributions[name] - times * moved) <= 1e-9 * times * gross(found)


@given(trees(anything, ("product", "sum")))
@settings(max_examples=40)
def test_the_way_back_is_the_way_there_with_the_other_sign(nodes: Nodes) -> None:
    back = {
        name: {"before": node["after"], "after": node["before"]} if "before" in node else node
        for name, node in nodes.items()
    }
    found, turned = worked(nodes), worked(back)
    for name, moved in found.contributions.items():
        assert abs(turned.contributions[name] + moved) <= 1e-9 * (gross(found) + 1)


@given(trees(anything, ("product", "sum")), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_parts_and_of_nodes_does_not_matter(nodes: Nodes, random: Any) -> None:
    names = list(nodes)
    random.shuffle(names)
    shuffled = {
        name: {**nodes[name], "children": random.sample(nodes[name]["children"], len(nodes[name]["children"]))}
        if "children" in nodes[name]
        else nodes[name]
        for name in names
    }
    found, other = worked(nodes), worked(shuffled)
    for name, moved in found.contributions.items():
        assert abs(other.contributions[name] - moved) <= 1e-9 * (gross(found) + 1)


@given(st.lists(st.tuples(anything, anything), min_size=1, max_size=7))
@settings(max_examples=40)
def test_shapley_is_the_weighted_mean_over_what_changed_before(factors: list[tuple[float, float]]) -> None:
    """The quadrature against the definition: every set of factors that may have changed already, with its weight."""
    from_sets = _by_sets([*factors, (0.0, 1.0)])
    names = [f"r.{place}" for place in range(len(factors) + 1)]
    pairs = zip(names, [*factors, (0.0, 1.0)], strict=True)
    found = worked(
        {"r": {"kind": "product", "children": names}, **{n: {"before": b, "after": a} for n, (b, a) in pairs}}
    )
    size = max(1.0, *(abs(value) for pair in factors for value in pair)) ** len(factors)
    for name, expected in zip(names, from_sets, strict=True):
        assert abs(found.contributions[name] - expected) <= 1e-9 * max(size, 1.0)


def _by_sets(factors: list[tuple[float, float]]) -> list[float]:
    """By dynamic programming over how many of the others have changed: Σ over s of s!(n-1-s)!/n! × their products."""
    count = len(factors)
    found = []
    for place, (before, after) in enumerate(factors):
        by_size = [1.0]
        for b, a in factors[:place] + factors[place + 1 :]:
            kept = [*(b * total for total in by_size), 0.0]
            for size, total in enumerate(by_size):
                kept[size + 1] += a * total
            by_size = kept
        weight, total = 1.0 / count, 0.0
        for size, products in enumerate(by_size):
            total += weight * products
            weight *= (size + 1) / max(1, count - 1 - size)
        found.append(total * (after - before))
    return found
