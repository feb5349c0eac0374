"""Exact attribution: what each leaf of a tree moved the root by, and what the parts of measured nodes do not explain.

Two passes over the levels. Upwards every node gets its values and what it hands down to each part; downwards each part
gets its coefficient, the sum over all places where it stands. The contribution of a leaf is its coefficient times its
own change, and the contributions and residuals sum to the change of the root.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from accord.domain.driver_tree import coefficients
from accord.domain.driver_tree.errors import DivisionByZeroError, TooManyFactorsError, TreeRangeError
from accord.domain.driver_tree.flat import Block, FlatTree, Floats, Kind, Places, blocks_of


@dataclass(frozen=True, eq=False)
class Attribution:
    """What a tree says, by the place of the node.

    `values` are those the nodes count with, before and after; `formula` what the parts of inner nodes make. `weight` is
    how much a node moves the root for each unit of its own, `moved` what it moved it by, inner ones with all below
    them; `residual` is the part of it that the parts of a measured inner node do not explain, 0 elsewhere.
    """

    tree: FlatTree
    values: Floats
    formula: Floats
    weight: Floats
    moved: Floats
    residual: Floats
    reached: Any

    @property
    def change(self) -> float:
        """The change of the root."""
        return float(self.moved[self.tree.root])

    @property
    def contributions(self) -> dict[Hashable, float]:
        """What each leaf below the root moved it by."""
        leaves = np.flatnonzero(self.reached & (self.tree.kind == Kind.LEAF))
        names = self.tree.names
        found = self.moved[leaves].tolist()
        return {names[place]: moved for place, moved in zip(leaves.tolist(), found, strict=True)}

    @property
    def residuals(self) -> dict[Hashable, float]:
        """What the parts of each measured inner node do not explain, in the unit of the root."""
        places = np.flatnonzero(self.reached & (self.tree.kind != Kind.LEAF) & ~np.isnan(self.tree.change))
        return {self.tree.names[place]: float(self.residual[place]) for place in places.tolist()}


def attribute(tree: FlatTree) -> Attribution:
    """Attribute the change of the root. Raises TreeError."""
    with np.errstate(all="ignore"):
        return _attribute(tree)


def _attribute(tree: FlatTree) -> Attribution:
    blocks, is_shared = blocks_of(tree)
    inner = np.concatenate([block.nodes for block in blocks] or [np.empty(0, np.int64)])
    measured = ~np.isnan(tree.change[inner])
    residuals = _Residuals(tree, measured, inner) if measured.any() else None
    values, change = tree.values.copy(), tree.change.copy()
    handed: list[Floats] = []
    for block in reversed(blocks):
        made, edge = _made(tree, block, values.take(block.parts, axis=1))
        handed.append(edge)
        explained = np.add.reduceat(edge * change.take(block.parts), block.starts)
        if residuals:
            made, explained = residuals.keep(block, made, explained)
        values[:, block.nodes] = made
        change[block.nodes] = explained
    weight, reached = _handed_down(tree, blocks, handed[::-1], is_shared)
    moved = weight * change
    _check(tree, moved, values, reached)
    if residuals:
        return Attribution(tree, values, residuals.formula, weight, moved, weight * residuals.unexplained, reached)
    return Attribution(tree, values, values, weight, moved, np.zeros(len(tree.names)), reached)


class _Residuals:
    """What the formulas of measured inner nodes make, and how much of their change that leaves unexplained."""

    def __init__(self, tree: FlatTree, measured: Any, inner: Places) -> None:
        self._tree = tree
        self._measured = np.zeros(len(tree.names), dtype=bool)
        self._measured[inner] = measured
        self.formula = tree.values.copy()
        self.unexplained = np.zeros(len(tree.names))

    def keep(self, block: Block, made: Floats, explained: Floats) -> tuple[Floats, Floats]:
        """Return the values and the changes that the nodes count with: where they are measured, their own."""
        own = self._measured[block.nodes]
        self.formula[:, block.nodes] = made
        change = np.where(own, self._tree.change[block.nodes], explained)
        self.unexplained[block.nodes] = change - explained
        return np.where(own, self._tree.values[:, block.nodes], made), change


def _made(tree: FlatTree, block: Block, parts: Floats) -> tuple[Floats, Floats]:
    """What the formula makes of the parts, before and after, and what it hands down to each of them."""
    scale = tree.scale[block.nodes]
    if block.kind is Kind.PRODUCT:
        made = np.multiply.reduceat(parts, block.starts, axis=1) * scale
        _check_factors(tree, block, parts)
        return made, coefficients.products(block, made, parts, scale)
    if block.kind is Kind.SUM:
        return np.add.reduceat(parts, block.starts, axis=1) * scale, np.repeat(scale, block.counts)
    if block.kind is Kind.RATIO:
        above, below = parts[:, 0::2], parts[:, 1::2]
        _check_divisor(tree, block, below)
        made = above / below * scale
        edge = np.empty(parts.shape[1])
        edge[0::2], edge[1::2] = coefficients.ratios(made, above, below, scale)
        return made, edge
    weights, starts = parts[:, 0::2], block.starts // 2
    below = np.add.reduceat(weights, starts, axis=1)
    _check_divisor(tree, block, below)
    made = np.add.reduceat(weights * parts[:, 1::2], starts, axis=1) / below * scale
    return made, coefficients.means(block, made, parts, scale)


def _handed_down(tree: FlatTree, blocks: list[Block], handed: list[Floats], is_shared: bool) -> tuple[Floats, Any]:
    """The coefficient of every node, and whether it hangs below the root at all (0 where it does not)."""
    weight = np.zeros(len(tree.names))
    weight[tree.root] = 1.0
    for block, edge in zip(blocks, handed, strict=True):
        down = np.repeat(weight[block.nodes], block.counts) * edge
        if is_shared:
            np.add.at(weight, block.parts, down)
        else:
            weight[block.parts] = down
    reached = np.ones(len(tree.names), dtype=bool)
    if is_shared or 1 + sum(block.parts.size for block in blocks) < len(tree.names):
        reached[:] = False
        reached[tree.root] = True
        for block in blocks:
            reached[block.parts] = True
    return weight, reached


def _check_factors(tree: FlatTree, block: Block, parts: Floats) -> None:
    if block.counts.max() <= coefficients.MOST_FACTORS:
        return
    not_positive = np.minimum.reduceat(np.minimum(parts[0], parts[1]), block.starts) <= 0
    if (wide := np.flatnonzero(not_positive & (block.counts > coefficients.MOST_FACTORS))).size:
        node, count = tree.names[int(block.nodes[wide[0]])], int(block.counts[wide[0]])
        raise TooManyFactorsError(node=node, parts=count, most=coefficients.MOST_FACTORS)


def _check_divisor(tree: FlatTree, block: Block, below: Floats) -> None:
    if not below.all():
        zero = int(np.flatnonzero((below == 0).any(axis=0))[0])
        raise DivisionByZeroError(node=tree.names[int(block.nodes[zero])])


def _check(tree: FlatTree, moved: Floats, values: Floats, reached: Any) -> None:
    """Refuse a tree in which something was too large or too small to be calculated with."""
    if reached.all() and isfinite(moved.sum() + values.sum()):
        return
    bad = reached & ~(np.isfinite(moved) & np.isfinite(values).all(axis=0))
    if not bad.any():
        return
    first = np.flatnonzero(bad & (tree.kind != Kind.LEAF))
    raise TreeRangeError(node=tree.names[int(first[-1] if first.size else np.flatnonzero(bad)[0])])
