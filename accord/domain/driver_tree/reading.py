"""Reading trees as others write them: `{"root": name, "nodes": {name: {"kind", "children"} or {"before", "after"}}}`.

Numbers travel as text, whole numbers or Decimals. An inner node may have `before` and `after` too: it is measured then,
and what its parts do not explain is its residual. `scale` is what the formula of an inner node is multiplied by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from itertools import chain
from math import isfinite
from typing import Any

import numpy as np

from accord.domain.decomposition.sums import EXACT
from accord.domain.driver_tree import errors
from accord.domain.driver_tree.flat import FlatTree, Floats, Kind
from accord.domain.wording import Wording

_KINDS = {kind.name.lower(): int(kind) for kind in Kind}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_OBJECT = Wording("含 root 与 nodes 的对象", "an object with root and nodes")
_NODE = Wording(
    "含 kind 与 children，或 before 与 after 的对象", "an object with kind and children, or before and after"
)
_PLAIN = frozenset("0123456789+-.eE")
# Below this share of its value a change loses digits that its text still has.
_SMALL = 1e-3


def read_tree(body: Any) -> FlatTree:
    """Read one tree. Raises TreeError."""
    if not isinstance(body, Mapping) or not isinstance(body.get("nodes"), Mapping):
        raise errors.TreeShapeError(name="tree", expected=_OBJECT)
    nodes = body["nodes"]
    names = list(nodes)
    places = {name: place for place, name in enumerate(names)}
    root = body.get("root")
    if not isinstance(root, str) or root not in places:
        raise errors.MissingNodeError(node=root)
    kinds, lists = _kinds(nodes), _children(nodes)
    count = np.fromiter(map(len, lists), np.int64, len(names))
    try:
        parts = np.fromiter(map(places.__getitem__, chain.from_iterable(lists)), np.int64, int(count.sum()))
    except (KeyError, TypeError):
        raise errors.MissingNodeError(node=_missing(lists, places)) from None
    kind = np.array(kinds, dtype=np.int8)
    _check_counts(names, kind, count)
    values, change = _values(names, list(nodes.values()), kind)
    scale = _scales(nodes)
    return FlatTree(names, places[root], kind, np.cumsum(count) - count, count, parts, values, change, scale)


def _kinds(nodes: Mapping[str, Any]) -> list[int]:
    found = []
    for name, node in nodes.items():
        if not isinstance(node, Mapping):
            raise errors.TreeShapeError(name=name, expected=_NODE)
        given = node.get("kind", "leaf")
        kind = _KINDS.get(given) if isinstance(given, str) else None
        if kind is None or (not kind and node.get("children")):
            raise errors.UnknownKindError(node=name, given=given)
        found.append(kind)
    return found


def _children(nodes: Mapping[str, Any]) -> list[Sequence[str]]:
    found: list[Sequence[str]] = []
    for name, node in nodes.items():
        children = node.get("children", ())
        if not isinstance(children, list | tuple):
            raise errors.TreeShapeError(name=name, expected=_NODE)
        found.append(children)
    return found


def _missing(lists: Sequence[Sequence[Any]], places: Mapping[str, int]) -> object:
    return next(child for child in chain.from_iterable(lists) if not isinstance(child, str) or child not in places)


def _check_counts(names: Sequence[str], kind: Any, count: Any) -> None:
    wrong = (kind != Kind.LEAF) & (count == 0)
    wrong |= (kind == Kind.RATIO) & (count != 2)
    wrong |= (kind == Kind.MEAN) & (count % 2 == 1)
    if (first := np.flatnonzero(wrong)).size:
        raise errors.PartsError(node=names[first[0]], parts=int(count[first[0]]))


def _values(names: Sequence[str], nodes: Sequence[Mapping[str, Any]], kind: Any) -> tuple[Floats, Floats]:
    """Values before and after, and the change between them, NaN for inner nodes that are not measured."""
    befores, afters = ([node.get(side) for node in nodes] for side in ("before", "after"))
    given = [np.fromiter((value is not None for value in side), bool, len(side)) for side in (befores, afters)]
    if (missing := np.flatnonzero(~(given[0] & given[1]) & ((kind == Kind.LEAF) | (given[0] != given[1])))).size:
        raise errors.MissingValueError(node=names[missing[0]])
    has = np.flatnonzero(given[0])
    values = np.full((2, len(names)), np.nan)
    for row, side in enumerate((befores, afters)):
        values[row, has] = _numbers(
            [names[place] for place in has.tolist()], [each for each in side if each is not None]
        )
    change = values[1] - values[0]
    size = np.abs(values).max(axis=0, initial=0)
    for place in np.flatnonzero((change != 0) & (np.abs(change) < _SMALL * size)).tolist():
        with localcontext(EXACT):
            change[place] = float(Decimal(str(afters[place])) - Decimal(str(befores[place])))
    return values, change


def _numbers(names: Sequence[str], given: Sequence[Any]) -> Sequence[float] | Floats:
    """Numbers in a row; what is wrong with one is said about its node."""
    try:
        text = "".join(given)
        found = np.array(list(map(float, given))) if _PLAIN.issuperset(text) else None
    except (TypeError, ValueError):
        found = None
    if found is not None and np.isfinite(found).all():
        return found
    return [_number(name, value) for name, value in zip(names, given, strict=True)]


def _number(name: str, given: Any) -> float:
    if isinstance(given, str):
        text = given
    elif isinstance(given, int | float | Decimal) and not isinstance(given, bool):
        text = str(given)
    else:
        raise errors.TreeNumberError(node=name, given=given)
    if not _NUMBER.fullmatch(text):
        is_number = text.lstrip("+-").lower() in {"nan", "snan", "inf", "infinity"}
        raise (errors.TreeNotFiniteError(node=name) if is_number else errors.TreeNumberError(node=name, given=text))
    value = float(text)
    if not isfinite(value):
        raise errors.TreeRangeError(node=name)
    return value


def _scales(nodes: Mapping[str, Any]) -> Floats:
    scale = np.ones(len(nodes))
    scaled = [(place, name, node) for place, (name, node) in enumerate(nodes.items()) if "scale" in node]
    for place, name, node in scaled:
        scale[place] = _number(name, node["scale"])
        if not scale[place] > 0:
            raise errors.TreeNumberError(node=name, given=node["scale"])
    return scale
