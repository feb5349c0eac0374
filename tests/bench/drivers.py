"""How fast the change of a tree is attributed to its drivers: `python -m tests.bench.drivers [NODES]`.

Prints one JSON line a figure. The raw limit is the same arithmetic on flat arrays that lie prepared: nodes numbered
level by level and kind by kind, so that the parts of every level are one stretch of the arrays, nothing checked,
nothing ordered, no part with two parents, no measured inner nodes, no residuals. Reading the same tree from JSON is a
figure of its own.
"""

import json
import sys
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np

from accord.domain.driver_tree.attribution import attribute
from accord.domain.driver_tree.cases import answer_trees
from accord.domain.driver_tree.flat import FlatTree, Kind
from accord.domain.driver_tree.reading import read_tree

ROUNDS = 7
Level = tuple[int, int, Any, Any, Any]


def grown(nodes: int) -> tuple[FlatTree, list[Level]]:
    """A tree of about `nodes` nodes, positive values, and the levels of it for the bare loop.

    Each inner node has two to five parts: products, sums and ratios by chance, on the upper levels, where products of
    products would leave the numbers behind, sums and ratios. Within a level nodes stand kind by kind.
    """
    random = np.random.default_rng(7)
    kinds, counts, levels = [], [], []
    begin, width, total = 0, 1, 1
    while total < nodes:
        inner = width if width < 100 else int(width * 0.6)
        inner = max(1, min(inner, (nodes - total) // 3 or 1))
        kind = np.sort(random.choice([2, 3] if total < nodes // 5 else [1, 1, 1, 2, 2, 3], inner)).astype(np.int8)
        count = np.where(kind == Kind.RATIO, 2, random.integers(2, 6, inner))
        kinds.append(np.concatenate([kind, np.zeros(width - inner, np.int8)]))
        counts.append(np.concatenate([count, np.zeros(width - inner, np.int64)]))
        levels.append((begin, begin + width, kind, count))
        begin, width = begin + width, int(count.sum())
        total += width
    kinds.append(np.zeros(width, np.int8))
    counts.append(np.zeros(width, np.int64))
    kind, count = np.concatenate(kinds), np.concatenate(counts)
    values = np.full((2, total), np.nan)
    leaves = kind == Kind.LEAF
    values[0, leaves] = random.uniform(0.8, 1.3, int(leaves.sum())).round(4)
    values[1, leaves] = (values[0, leaves] * random.uniform(0.7, 1.4, int(leaves.sum()))).round(4)
    first = np.cumsum(count) - count
    parts = np.arange(1, total)
    names = [f"n{place}" for place in range(total)]
    flat = FlatTree(names, 0, kind, first, count, parts, values, values[1] - values[0], np.ones(total))
    return flat, levels


def prepared(levels: list[Level]) -> list[tuple[int, int, int, int, Any, Any, int]]:
    """Every stretch of one kind: its nodes from and to, their parts from and to, where each begins, how many, kind."""
    found = []
    for begin, end, kind, count in levels:
        below = end
        for each in (1, 2, 3):
            chosen = np.flatnonzero(kind == each)
            if chosen.size:
                many = count[chosen]
                stop = below + int(many.sum())
                first = begin + int(chosen[0])
                found.append((first, first + chosen.size, below, stop, np.cumsum(many) - many, many, each))
                below = stop
    return found


def mean(values: Any) -> Any:
    """The logarithmic mean, as the engine has it."""
    low, high = np.minimum(values[0], values[1]), np.maximum(values[0], values[1])
    gap = high - low
    return np.where(gap == 0, low, gap / np.log1p(gap / low))


def bare(values: Any, change: Any, stretches: list[Any]) -> Any:
    """The raw limit: up, down, and coefficient times change."""
    with np.errstate(all="ignore"):
        return _bare(values, change, stretches)


def _bare(values: Any, change: Any, stretches: list[Any]) -> Any:
    values, weight = values.copy(), np.empty(values.shape[1])
    edges = []
    for first, last, begin, end, starts, many, kind in reversed(stretches):
        parts = values[:, begin:end]
        if kind == Kind.PRODUCT:
            made = np.multiply.reduceat(parts, starts, axis=1)
            edge = np.repeat(mean(made), many) / mean(parts)
        elif kind == Kind.SUM:
            made = np.add.reduceat(parts, starts, axis=1)
            edge = np.ones(end - begin)
        else:
            made = parts[:, 0::2] / parts[:, 1::2]
            edge = np.repeat(mean(made), 2) / mean(parts)
            edge[1::2] *= -1
        values[:, first:last] = made
        edges.append(edge)
    weight[0] = 1
    for (first, last, begin, end, _, many, _), edge in zip(stretches, reversed(edges), strict=True):
        weight[begin:end] = np.repeat(weight[first:last], many) * edge
    return weight * change


def best(run: Callable[[], Any]) -> tuple[float, Any]:
    """The fewest processor seconds of some rounds, and what was found."""
    seconds, found = [], None
    for _ in range(ROUNDS):
        started = time.process_time()
        found = run()
        seconds.append(time.process_time() - started)
    return min(seconds), found


def as_json(tree: FlatTree) -> dict[str, Any]:
    """The tree as others write it."""
    nodes: dict[str, Any] = {}
    word = {1: "product", 2: "sum", 3: "ratio"}
    for place, name in enumerate(tree.names):
        begin, many = int(tree.first[place]), int(tree.count[place])
        if many:
            nodes[name] = {
                "kind": word[int(tree.kind[place])],
                "children": list(tree.names[begin + 1 : begin + 1 + many]),
            }
        else:
            nodes[name] = {"before": f"{tree.values[0, place]:.4f}", "after": f"{tree.values[1, place]:.4f}"}
    return {"root": tree.names[tree.root], "nodes": nodes}


def main(nodes: int) -> None:
    """Measure the bare arithmetic, the engine, and reading and writing JSON around it."""
    tree, levels = grown(nodes)
    stretches = prepared(levels)
    raw, expected = best(lambda: bare(tree.values, tree.change, stretches))
    ours, found = best(lambda: attribute(tree))
    leaves = tree.kind == Kind.LEAF
    assert np.allclose(found.moved[leaves], expected[leaves], rtol=1e-9, atol=0), "the two do not agree"
    assert abs(found.moved[leaves].sum() - found.change) <= 1e-9 * np.abs(found.moved[leaves]).sum()
    size = {"nodes": len(tree.names), "levels": len(levels) + 1}
    print(json.dumps({**size, "what": "bare numpy", "seconds": round(raw, 3)}))
    print(json.dumps({**size, "what": "attribute", "seconds": round(ours, 3), "times_bare": round(ours / raw, 2)}))
    body = as_json(tree)
    text = json.dumps({"id": "large", "tree": body}).encode()
    for what, run in (
        ("json.loads", lambda: json.loads(text)),
        ("read_tree", lambda: read_tree(body)),
        ("accord drivers, from text to text", lambda: [each.as_json() for each in answer_trees(BytesIO(text))]),
    ):
        started = time.process_time()
        run()
        print(json.dumps({**size, "what": what, "seconds": round(time.process_time() - started, 2)}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
