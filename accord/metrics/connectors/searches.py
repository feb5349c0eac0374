"""JMESPath as plain functions: the forms that stand before every row, such as a custom field found by its name.

The library walks its tree of words for every value, which takes ten times as long. What is not here, it still does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Read = Callable[[Any], Any]
Node = Mapping[str, Any]


def as_function(node: Node) -> Read | None:
    """The meaning of a node of the library's tree, or None where only the library knows it."""
    make = _MAKERS.get(node["type"])
    if make is None:
        return None
    children = [as_function(child) for child in node["children"]]
    known = [child for child in children if child]
    return make(node, known) if len(known) == len(children) else None


def _field(node: Node, _children: list[Read]) -> Read:
    name = node["value"]
    return lambda value: value.get(name) if isinstance(value, dict) else None


def _index(node: Node, _children: list[Read]) -> Read:
    place = node["value"]

    def read(value: Any) -> Any:
        fits = isinstance(value, list) and -len(value) <= place < len(value)
        return value[place] if fits else None

    return read


def _one_after_the_other(_node: Node, children: list[Read]) -> Read:
    def read(value: Any) -> Any:
        for child in children:
            value = child(value)
        return value

    return read


def _each(_node: Node, children: list[Read]) -> Read:
    found, after = children
    return lambda value: _collected(found(value), after, _always)


def _filtered(_node: Node, children: list[Read]) -> Read:
    found, after, holds = children
    return lambda value: _collected(found(value), after, holds)


def _collected(found: Any, after: Read, holds: Read) -> list[Any] | None:
    if not isinstance(found, list):
        return None
    read = (after(each) for each in found if _is_true(holds(each)))
    return [each for each in read if each is not None]


def _compared(node: Node, children: list[Read]) -> Read | None:
    left, right = children
    if node["value"] == "eq":
        return lambda value: _equal(left(value), right(value))
    if node["value"] == "ne":
        return lambda value: not _equal(left(value), right(value))
    return None


def _equal(one: Any, other: Any) -> bool:
    # For Python yes is 1; for JSON it is not.
    return (isinstance(one, bool) == isinstance(other, bool)) and bool(one == other)


def _is_true(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [], {})


def _always(_value: Any) -> bool:
    return True


_MAKERS: Mapping[str, Callable[[Node, list[Read]], Read | None]] = {
    "field": _field,
    "index": _index,
    "current": lambda node, children: lambda value: value,
    "identity": lambda node, children: lambda value: value,
    "literal": lambda node, children: lambda value: node["value"],
    "subexpression": _one_after_the_other,
    "index_expression": _one_after_the_other,
    "pipe": _one_after_the_other,
    "projection": _each,
    "filter_projection": _filtered,
    "comparator": _compared,
}
