"""Rows as they come from a source, made ready to be compared and kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from typing import Any

import polars as pl

from accord.domain.row_mapping import KEY, plain_text

Row = Mapping[str, Any]
ROWS = {"key": pl.String, "fields": pl.String, "link": pl.String, "digest": pl.Int64}
LONGEST_KEY, LONGEST_LINK = 200, 500
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Arriving:
    """The rows of one stream of one reading: of each key the newest, with the fields that are in use and no other."""

    def __init__(self, fields: Collection[str]) -> None:
        self._fields = sorted(fields)
        self._rows: dict[str, tuple[str, str, str, int]] = {}
        self.read = 0
        self.refused: list[tuple[str, str, dict[str, str]]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, rows: Iterable[Row]) -> None:
        """Take some rows; of two with one key the one that changed later counts, and the later one of equals."""
        for row in rows:
            self.read += 1
            key = plain_text(row.get(KEY))
            if key is None:
                self.refused.append(("", "key_missing", {}))
            elif len(key) > LONGEST_KEY:
                self.refused.append((key[:60], "key_too_long", {"text": key[:60]}))
            else:
                stamp = plain_text(row.get("_stamp")) or ""
                if key not in self._rows or self._rows[key][0] <= stamp:
                    self._rows[key] = (stamp, *self._kept(row))

    def frame(self) -> pl.DataFrame:
        """The rows as ROWS."""
        lines = ((key, *kept) for key, (_, *kept) in self._rows.items())
        return pl.DataFrame(lines, schema=ROWS, orient="row")

    def cells(self) -> Iterable[tuple[str, dict[str, str | None]]]:
        """The rows by key, as they will be kept."""
        for key, (_, text, _, _) in self._rows.items():
            yield key, {**json.loads(text), KEY: key}

    def _kept(self, row: Row) -> tuple[str, str, int]:
        fields = _encode({name: plain_text(row.get(name)) for name in self._fields})
        link = web_link(row.get("_link"))
        digest = blake2b(f"{fields}\n{link}".encode(errors="replace"), digest_size=8).digest()
        return fields, link, int.from_bytes(digest, "big", signed=True)


def web_link(raw: object) -> str:
    """`raw` if it is an address that a browser may open from here, and nothing otherwise."""
    text = plain_text(raw) or ""
    is_web = text.lower().startswith(("https://", "http://"))
    return text if is_web and len(text) <= LONGEST_LINK and text.isprintable() else ""
