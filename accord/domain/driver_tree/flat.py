"""A driver tree as flat arrays, and its inner nodes level by level, so that a million nodes are a few long steps."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from accord.domain.driver_tree.errors import CycleError

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


class Kind(IntEnum):
    """What a node is: a value of its own, or what its parts make."""

    LEAF = 0
    PRODUCT = 1
    SUM = 2
    RATIO = 3
    MEAN = 4


@dataclass(frozen=True, eq=False)
class FlatTree:
    """Nodes are places 0…n-1. The parts of node i are `parts[first[i] : first[i] + count[i]]`, in their order.

    A node may be a part of several others. `values` are two rows, before and after, and `change` is the second less the
    first, as exactly as it is known; all are NaN for an inner node that is not measured itself. A measured inner node
    counts with its own value, and what its parts do not explain is its residual. `scale` is what the formula of an
    inner node is multiplied by.
    """

    names: Sequence[Hashable]
    root: int
    kind: NDArray[np.int8]
    first: Places
    count: Places
    parts: Places
    values: Floats
    change: Floats
    scale: Floats


@dataclass(frozen=True, eq=False)
class Block:
    """The inner nodes of one kind on one level, with their parts one after the other; `starts` is where each begins."""

    kind: Kind
    nodes: Places
    counts: Places
    starts: Places
    parts: Places


def blocks_of(tree: FlatTree) -> tuple[list[Block], bool]:
    """The inner nodes from the root down, each after all of which it is a part; and whether any has several parents.

    What does not hang below the root is left out. Raises CycleError.
    """
    parents = np.bincount(tree.parts, minlength=len(tree.names))
    is_shared = bool(parents[tree.root]) or bool(parents.max(initial=0) > 1)
    waiting = _edges_from_root(tree) if is_shared else None
    blocks: list[Block] = []
    level = np.array([tree.root], dtype=np.int64)
    while level.size:
        made = _blocks(tree, level)
        blocks += made
        if not made:
            break
        below = made[0].parts if len(made) == 1 else np.concatenate([block.parts for block in made])
        level = below if waiting is None else _ready(waiting, below)
    if waiting is not None and (stuck := np.flatnonzero(waiting > 0)).size:
        raise CycleError(node=tree.names[int(stuck[0])])
    return blocks, is_shared


def _blocks(tree: FlatTree, level: Places) -> list[Block]:
    kinds = tree.kind[level]
    blocks = []
    for kind in (Kind.PRODUCT, Kind.SUM, Kind.RATIO, Kind.MEAN):
        nodes = level[kinds == kind]
        if nodes.size:
            counts = tree.count[nodes]
            ends = np.cumsum(counts)
            starts = ends - counts
            inside = np.repeat(tree.first[nodes] - starts, counts)
            inside += np.arange(int(ends[-1]))
            blocks.append(Block(kind, nodes, counts, starts, tree.parts[inside]))
    return blocks


def _edges_from_root(tree: FlatTree) -> Places:
    """For each node, how many times it is a part of what hangs below the root."""
    seen = np.zeros(len(tree.names), dtype=bool)
    seen[tree.root] = True
    edges = np.zeros(len(tree.names), dtype=np.int64)
    level = np.array([tree.root], dtype=np.int64)
    while level.size:
        below = np.concatenate([block.parts for block in _blocks(tree, level)] or [level[:0]])
        np.add.at(edges, below, 1)
        level = np.unique(below[~seen[below]])
        seen[level] = True
    if edges[tree.root]:
        raise CycleError(node=tree.names[tree.root])
    return edges


def _ready(waiting: Places, below: Places) -> Places:
    """Of the nodes met here, those that every node they are a part of has been met for."""
    np.subtract.at(waiting, below, 1)
    return np.unique(below[waiting[below] == 0])
