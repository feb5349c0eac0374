"""What every row needs, whatever it was read from: a key of its own, and a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accord.metrics.connectors.contract import Row
from accord.metrics.connectors.paths import quoted
from accord.metrics.connectors.templates import in_address, places_of
from accord.metrics.errors.connectors import KeyNotUnique, RowWithoutKey

_LONGEST_KEY = 200


def joined_key(parts: Sequence[object], stream: str, names: Sequence[str]) -> str:
    """The key of a row from the values of its key fields. Raises RowWithoutKey where one is empty, or all too long."""
    if any(part is None or part == "" or isinstance(part, dict | list) for part in parts):
        raise RowWithoutKey(stream=stream, key=" + ".join(names))
    key = str(parts[0]) if len(parts) == 1 else "/".join(map(str, parts))
    if len(key) > _LONGEST_KEY:
        raise RowWithoutKey(stream=stream, key=" + ".join(names))
    return key


def add_links(rows: Sequence[Row], template: str) -> None:
    """Set where each row can be opened: the template with `{key}` and the row's fields in it."""
    if not template:
        for row in rows:
            row["_link"] = ""
        return
    text, names = places_of(template)
    for row in rows:
        row["_link"] = text % tuple([in_address(row.get(name)) for name in names])


def once_each(rows: list[Row], stream: str, names: Sequence[str]) -> list[Row]:
    """Every row once. Raises KeyNotUnique where different rows have one key; the same row twice is one row."""
    by_key: dict[str, Row] = {}
    for row in rows:
        before = by_key.setdefault(row["_key"], row)
        if before is not row and before != row:
            raise KeyNotUnique(stream=stream, key=" + ".join(names))
    return rows if len(by_key) == len(rows) else list(by_key.values())


def flattened(raw: Mapping[str, Any], before: str = "", depth: int = 3) -> Row:
    """All that a row holds, under the paths by which it is read: for somebody who has yet to choose."""
    flat: Row = {}
    for name, value in raw.items():
        path = f"{before}.{quoted(name)}" if before else quoted(name)
        if isinstance(value, Mapping) and value and depth > 1:
            flat |= flattened(value, path, depth - 1)
        else:
            flat[path] = value
    return flat
