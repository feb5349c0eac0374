"""From the JSON of an answer to rows."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from accord.metrics.connectors.contract import Row
from accord.metrics.connectors.instants import understood
from accord.metrics.connectors.paths import compile_path, plain_names
from accord.metrics.connectors.rest.settings import Stream
from accord.metrics.connectors.rest.typed import untyped
from accord.metrics.connectors.rows import add_links, flattened, joined_key, once_each
from accord.metrics.errors.connectors import (
    FieldGone,
    RowsNotWhereSaid,
    StampNotUnderstood,
)

# So many rows without it are no chance: the field is gone.
_ENOUGH = 5


class RowReader:
    """Reads the rows of one stream during one run, and remembers what it has seen of them.

    `newest` is the latest stamp of all rows so far. Where the settings name no fields, rows have all there are.
    """

    def __init__(self, stream: Stream, zone: tzinfo) -> None:
        self._stream = stream
        self._zone = zone
        self._rows = compile_path(stream.rows)
        self._keys = [compile_path(path) for path in stream.key]
        self._fields = [(name, compile_path(path)) for name, path in stream.fields.items()]
        self._plain = _all_plain(stream)
        self._shows_all = not stream.fields
        self._stamps = [compile_path(path) for path in stream.since.fields] if stream.since else []
        self._form = stream.since.stamps if stream.since else ""
        self._cleans = bool(stream.unset or stream.typed)
        self._unset = frozenset(stream.unset)
        self._never_seen = {name: names[0] for name in stream.fields if (names := self._watched(name))}
        self._read = 0
        self.newest: datetime | None = None

    def rows(self, answer: Any) -> list[Row]:
        """The rows of one answer. Raises RowsNotWhereSaid, RowWithoutKey, KeyNotUnique, StampNotUnderstood."""
        stream = self._stream
        raws = self._listed(answer)
        rows = self._fields_of(raws)
        for raw, row in zip(raws, rows, strict=True):
            row["_key"] = joined_key([read(raw) for read in self._keys], stream.name, stream.key)
        self._stamp(raws, rows)
        add_links(rows, stream.link)
        self._watch(raws)
        return once_each(rows, stream.name, stream.key)

    def finish(self) -> None:
        """After the last page. Raises FieldGone where no row had a field that the settings name."""
        if self._never_seen and self._read >= _ENOUGH:
            raise FieldGone(stream=self._stream.name, fields=", ".join(self._never_seen))

    def _listed(self, answer: Any) -> list[dict[str, Any]]:
        found = self._rows(answer)
        if isinstance(found, list) and all(isinstance(each, dict) for each in found):
            return found
        # Some systems write an empty list as "", null or {}.
        if found in ("", None, {}) and (self._stream.rows_may_be_absent or _is_there(answer, self._stream.rows)):
            return []
        raise RowsNotWhereSaid(stream=self._stream.name, path=self._stream.rows or "@")

    def _fields_of(self, raws: list[dict[str, Any]]) -> list[Row]:
        if self._shows_all:
            rows = [flattened(raw) for raw in raws]
        elif self._plain is not None:
            rows = [{name: raw.get(source) for name, source in self._plain} for raw in raws]
        else:
            rows = [{name: read(raw) for name, read in self._fields} for raw in raws]
        if self._cleans:
            for row in rows:
                self._clean(row)
        return rows

    def _clean(self, row: Row) -> None:
        for name, value in row.items():
            if isinstance(value, str):
                if value in self._unset:
                    row[name] = None
            elif self._stream.typed and isinstance(value, dict | list):
                row[name] = untyped(value, self._stream.typed)

    def _stamp(self, raws: list[dict[str, Any]], rows: list[Row]) -> None:
        if not self._stamps:
            for row in rows:
                row["_stamp"] = None
            return
        newest = self.newest
        for raw, row in zip(raws, rows, strict=True):
            moment = self._moment(raw)
            row["_stamp"] = moment.isoformat()
            if newest is None or moment > newest:
                newest = moment
        self.newest = newest

    def _moment(self, raw: dict[str, Any]) -> datetime:
        """When a row last changed; one that was never edited says so with the field after."""
        for read in self._stamps:
            value = read(raw)
            if value is None or value == "" or (isinstance(value, str) and value in self._unset):
                continue
            if isinstance(value, dict):
                value = untyped(value, self._stream.typed)
            moment = understood(value, self._zone, self._form)
            if moment is not None:
                return moment
        fields = self._stream.since.fields if self._stream.since else ()
        raise StampNotUnderstood(stream=self._stream.name, field=" / ".join(fields))

    def _watched(self, name: str) -> list[str] | None:
        """Only a plain name can be missing; what a JMESPath makes of a row cannot."""
        return None if name in self._stream.optional else plain_names(self._stream.fields[name])

    def _watch(self, raws: list[dict[str, Any]]) -> None:
        self._read += len(raws)
        for name, source in list(self._never_seen.items()):
            if any(source in raw for raw in raws):
                del self._never_seen[name]


def _all_plain(stream: Stream) -> list[tuple[str, str]] | None:
    """Names of the row itself for all fields, where none of them lies deeper."""
    plain = [(name, path) for name, path in stream.fields.items() if "." not in path and plain_names(path)]
    return plain if len(plain) == len(stream.fields) else None


def _is_there(answer: Any, path: str) -> bool:
    *way, last = plain_names(path) or [""]
    holder = compile_path(".".join(way))(answer)
    return isinstance(holder, dict) and last in holder
