"""From what is known of a tree to what moved its root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from accord.domain.driver_tree.attribution import attribute
from accord.domain.driver_tree.errors import TreeError
from accord.domain.driver_tree.flat import FlatTree
from accord.metrics.queries.driver_trees.standing import KINDS, Standing


@dataclass(frozen=True)
class Attributed:
    """By the key of the node: what each driver moved the root by, the residuals of measured inner nodes, the weights.

    A node whose parts are not all known counts as a driver itself. `change` is that of the root, exactly.
    """

    change: Decimal | None = None
    leaves: dict[int, float] = field(default_factory=dict)
    residuals: dict[int, float] = field(default_factory=dict)
    weights: dict[int, float] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    problem: TreeError | None = None

    @property
    def is_done(self) -> bool:
        return bool(self.leaves)


def attributed(standing: Standing, after: Mapping[int, Decimal], before: Mapping[int, Decimal]) -> Attributed:
    """Attribute the change from `before` to `after`, as far down as both are known."""
    has_both = {pk for pk in standing.nodes if pk in after and pk in before}
    known = set(has_both)
    expanded: set[int] = set()
    for node in reversed(standing.in_order()):
        children = standing.children[node.pk]
        if children and all(child in known for child in children):
            known.add(node.pk)
            expanded.add(node.pk)
    missing = tuple(pk for pk in standing.depths if pk not in has_both and not standing.children[pk])
    if standing.root not in known:
        return Attributed(missing=missing)
    flat = _flat(standing, after, before, expanded, has_both)
    try:
        found = attribute(flat)
    except TreeError as error:
        return Attributed(missing=missing, problem=error)
    places = dict(enumerate(flat.names))
    root = standing.root
    change = after[root] - before[root] if root in has_both else Decimal(repr(found.change))
    return Attributed(
        change,
        leaves={int(str(pk)): moved for pk, moved in found.contributions.items()},
        residuals={int(str(pk)): moved for pk, moved in found.residuals.items()},
        weights={int(str(pk)): float(found.weight[place]) for place, pk in places.items()},
        missing=missing,
    )


def _flat(
    standing: Standing,
    after: Mapping[int, Decimal],
    before: Mapping[int, Decimal],
    expanded: set[int],
    has_both: set[int],
) -> FlatTree:
    """The nodes from the root down, no further than everything is known."""
    names: list[int] = []
    waiting = [standing.root]
    while waiting:
        pk = waiting.pop()
        names.append(pk)
        if pk in expanded:
            waiting.extend(reversed(standing.children[pk]))
    places = {pk: place for place, pk in enumerate(names)}
    lists = [standing.children[pk] if pk in expanded else () for pk in names]
    count = np.array([len(each) for each in lists], dtype=np.int64)
    nothing = float("nan")
    sides = [[float(side[pk]) if pk in has_both else nothing for pk in names] for side in (before, after)]
    return FlatTree(
        names=names,
        root=0,
        kind=np.array([KINDS[standing.nodes[pk].kind] if pk in expanded else 0 for pk in names], dtype=np.int8),
        first=np.cumsum(count) - count,
        count=count,
        parts=np.array([places[child] for each in lists for child in each], dtype=np.int64),
        values=np.array(sides),
        change=np.array([float(after[pk] - before[pk]) if pk in has_both else nothing for pk in names]),
        scale=np.array([float(standing.nodes[pk].scale) for pk in names]),
    )
