"""Reading .csv and .tsv: Polars does the work, no Python per row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from accord.foundation.spreadsheets.encodings import as_utf8
from accord.foundation.spreadsheets.errors import (
    EmptyFile,
    MisleadingFileType,
    TooLarge,
    TooManyColumns,
    TooManyRows,
    UnbalancedQuotes,
    UnknownFileType,
)
from accord.foundation.spreadsheets.formulas import unprotected
from accord.foundation.spreadsheets.grids import Grid
from accord.foundation.spreadsheets.headers import find_header
from accord.foundation.spreadsheets.limits import (
    COLUMNS,
    HEADER_ROWS,
    MIB,
    TEXT_BYTES,
    TEXT_CELLS,
    TEXT_LINE_BYTES,
    TEXT_ROWS,
)
from accord.foundation.spreadsheets.sheets import Column

_DELIMITERS = ",;\t"
_HEAD_BYTES = 1 << 18
# What files begin with that are often renamed to .csv but are no text tables.
_NOT_TABLES = (
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")


def read_delimited(path: Path, file: str, columns: Sequence[Column]) -> Grid:
    """Read the text table at `path`; `file` is its name for messages. Raises UnreadableFile of several kinds."""
    size = path.stat().st_size
    if size > TEXT_BYTES:
        raise TooLarge(file=file, found=size // MIB, limit=TEXT_BYTES // MIB)
    data = path.read_bytes()
    beginning = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if data.startswith(_NOT_TABLES) or beginning.startswith(_MARKUP):
        raise MisleadingFileType(file=file, claimed=path.suffix or ".csv")
    data = as_utf8(data, file)
    if not data.strip():
        raise EmptyFile(file=file)
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    if data.find(b"\n", 0, TEXT_LINE_BYTES) < 0 and len(data) > TEXT_LINE_BYTES:
        raise UnknownFileType(file=file)
    return _parsed(data, file, columns)


def _parsed(data: bytes, file: str, columns: Sequence[Column]) -> Grid:
    delimiter, width = _shape(data, columns)
    if width > COLUMNS:
        raise TooManyColumns(file=file, limit=COLUMNS)
    # Counted before they are parsed: a line of nothing but commas is small in the file and large in memory.
    most_rows = min(TEXT_ROWS, TEXT_CELLS // width)
    if data.count(b"\n") > most_rows:
        raise TooManyRows(file=file, limit=f"{most_rows:,}")
    names = [str(number) for number in range(1, width + 1)]
    try:
        cells = pl.read_csv(
            data,
            has_header=False,
            separator=delimiter,
            # One column more than the header has, to see rows that are too long instead of cutting them in silence.
            schema=dict.fromkeys([*names, "surplus"], pl.String),
            infer_schema=False,
            missing_columns="insert",
            truncate_ragged_lines=True,
        )
    except pl.exceptions.ComputeError as error:
        raise UnbalancedQuotes(file=file, row=_first_bad_row(data, delimiter)) from error
    cells = cells.with_row_index("row", offset=1)
    surplus = cells.filter(pl.col("surplus").str.strip_chars() != "")["row"]
    texts = [unprotected(column) for column in cells.drop("row", "surplus").iter_columns()]
    return Grid(cells.select("row").with_columns(texts), frozenset(surplus))


def _shape(data: bytes, columns: Sequence[Column]) -> tuple[str, int]:
    """The delimiter that makes most known headers appear, of equals the one that cuts finest; the header's width."""
    shapes = []
    for delimiter in _DELIMITERS:
        lines = _first_lines(data, delimiter)
        header = find_header(list(enumerate(lines, start=1)), columns)
        finest = max(map(len, lines), default=1)
        width = len(header.cells) if header else finest
        shapes.append((header.score if header else 0, finest, delimiter, width))
    _, _, delimiter, width = max(shapes, key=lambda shape: shape[:2])
    return delimiter, width


def _first_lines(data: bytes, delimiter: str) -> list[list[str]]:
    return list(islice(_records(data[:_HEAD_BYTES], delimiter, strict=False), HEADER_ROWS))


def _records(data: bytes, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="ignore", newline="")
    return _counted(csv.reader(text, delimiter=delimiter, strict=strict))


def _counted(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A cell beyond the module's own limit; the full read says what is wrong with it.
            return


def _first_bad_row(data: bytes, delimiter: str) -> int:
    """The row whose quotation marks the strict reader cannot follow."""
    return 1 + sum(1 for _ in _records(data, delimiter, strict=True))
