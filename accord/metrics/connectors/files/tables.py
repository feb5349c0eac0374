"""The rows of one file, each a mapping from the names of its columns to what stands in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from accord.foundation.errors import BusinessError
from accord.foundation.spreadsheets import Column, read_sheet
from accord.foundation.spreadsheets.limits import TEXT_LINE_BYTES
from accord.metrics.errors.connectors import FileUnreadable, LineBroken

JSON_SUFFIXES = (".jsonl", ".ndjson")


def rows_of(path: Path, name: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row with its number in the file. `columns` are those that must be there. Raises FileUnreadable."""
    if path.suffix.lower() in JSON_SUFFIXES:
        yield from _of_lines(path, name)
        return
    try:
        sheet = read_sheet(path, [Column(column, (column,)) for column in columns], name)
    except BusinessError as error:
        raise FileUnreadable(file=name, reason=error) from None
    headers = [(str(number), header) for number, header in enumerate(sheet.headers, start=1) if header]
    known = [(number, header) for number, header in headers if number in sheet.raw.columns]
    for row in sheet.raw.iter_rows(named=True):
        yield row["row"], {header: _trimmed(row[number]) for number, header in known}


def _of_lines(path: Path, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(TEXT_LINE_BYTES + 1):
            number += 1
            if line.strip():
                yield number, _decoded(line, name, number)


def _decoded(line: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or len(line) > TEXT_LINE_BYTES:
        raise FileUnreadable(file=name, reason=LineBroken(line=number))
    return row


def _trimmed(text: str | None) -> str | None:
    return (text or "").strip() or None
