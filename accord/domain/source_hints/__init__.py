"""What rows of an unknown system give away: the types of their fields, and traps that raise no error.

Pure: rows and settings in, hints out. See docs/guides/connecting-a-system.md for what to do about each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]

_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d{1,2}:\d{2}.*)?")
_NUMBER = re.compile(r"[-+]?[\d,]+(\.\d+)?%?")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# What systems write where they have no date.
_UNSET = ("0000-", "0001-01-01", "1900-01-01", "1970-01-01", "9999-12-31")
_STATUS = re.compile(r"status|state|stage|状态|阶段", re.IGNORECASE)
_CLOSED = re.compile(
    r"clos|resolv|done|finish|complet|reject|cancel|lost|won|paid|关闭|解决|完成|取消|拒绝", re.IGNORECASE
)


@dataclass(frozen=True)
class FieldSeen:
    """A field of a stream: its type by its values (text, number, date, mail, list or empty), how many rows have it."""

    name: str
    kind: str
    filled: int
    example: str


@dataclass(frozen=True)
class Hint:
    """A trap that the rows may hold: its code, and what the sentence about it names."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def fields_seen(rows: Sequence[Row], names: Sequence[str]) -> list[FieldSeen]:
    """What can be told of each field from some rows."""
    return [_seen(name, [row.get(name) for row in rows]) for name in names]


def hints_of(
    rows: Sequence[Row],
    stream: Mapping[str, Any],
    seen: Sequence[FieldSeen],
    total: int | None = None,
    page: int | None = None,
) -> list[Hint]:
    """The traps of a stream, of which `seen` are the fields.

    `page` is how many rows its first page brought, `total` how many the system says it has.
    """
    found = [*_unset_dates(rows, seen, stream), *_empty_stamps(rows, stream)]
    return [*found, *_capped_pages(stream, total, page), *_open_only(rows, seen), *_empty_fields(rows, seen)]


def zone_hint(answered: str, assumed: str) -> list[Hint]:
    """A hint where the system says that its dates are read in another time zone than is assumed."""
    return [Hint("other_zone", {"zone": answered, "assumed": assumed})] if answered and answered != assumed else []


def kind_of(values: Sequence[Any]) -> str:
    """The type that all values that are there have; text where they differ."""
    kinds = {_kind(value) for value in values if not _is_blank(value)}
    return "empty" if not kinds else kinds.pop() if len(kinds) == 1 else "text"


def _seen(name: str, values: Sequence[Any]) -> FieldSeen:
    there = [value for value in values if not _is_blank(value)]
    return FieldSeen(name, kind_of(there), len(there), str(there[0])[:60] if there else "")


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "text"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list | dict):
        return "list"
    text = str(value).strip()
    for kind, pattern in (("date", _DATE), ("mail", _MAIL), ("number", _NUMBER)):
        if pattern.fullmatch(text):
            return kind
    return "text"


def _is_blank(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _unset_dates(rows: Sequence[Row], seen: Sequence[FieldSeen], stream: Mapping[str, Any]) -> Iterator[Hint]:
    known = {str(each) for each in stream.get("unset") or ()}
    for each in seen:
        if each.kind != "date":
            continue
        written = [str(row.get(each.name)) for row in rows if str(row.get(each.name) or "").startswith(_UNSET)]
        if written and written[0] not in known:
            yield Hint("unset_date", {"field": each.name, "value": written[0], "rows": len(written)})


def _empty_stamps(rows: Sequence[Row], stream: Mapping[str, Any]) -> Iterator[Hint]:
    since = stream.get("since") or {}
    stamp = since.get("field")
    if not stamp or since.get("fallback") or stamp not in (stream.get("fields") or {}):
        return
    empty = sum(_is_blank(row.get(stamp)) for row in rows)
    if empty:
        yield Hint("empty_stamp", {"field": stamp, "rows": empty})


def _capped_pages(stream: Mapping[str, Any], total: int | None, page: int | None) -> Iterator[Hint]:
    asked = (stream.get("paging") or {}).get("size")
    if isinstance(asked, int) and page is not None and total is not None and page < asked and page < total:
        yield Hint("capped_page", {"asked": asked, "brought": page, "total": total})


def _open_only(rows: Sequence[Row], seen: Sequence[FieldSeen]) -> Iterator[Hint]:
    for each in seen:
        if _STATUS.search(each.name) and each.kind == "text" and len(rows) >= 10:
            states = {str(row.get(each.name)) for row in rows if not _is_blank(row.get(each.name))}
            if not any(_CLOSED.search(state) for state in states):
                yield Hint("open_only", {"field": each.name, "states": "、".join(sorted(states)[:4])})


def _empty_fields(rows: Sequence[Row], seen: Sequence[FieldSeen]) -> Iterator[Hint]:
    empty = [each.name for each in seen if each.kind == "empty"]
    if empty and rows:
        yield Hint("empty_field", {"fields": "、".join(empty[:6])})
