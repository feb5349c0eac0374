"""Finding the header row and saying which column is which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from accord.foundation.spreadsheets.errors import HeadersDoubled, HeadersMissing
from accord.foundation.spreadsheets.sheets import Column

Line = tuple[int, Sequence[str | None]]
"""A row number as a person counts it, and the cells of that row."""

_NOTE = re.compile(r"\((?:必填|必填项|选填|required|optional)\)$")
_IGNORED = re.compile(r"[\s_*\u200b\ufeff-]+")


def plain_header(text: str) -> str:
    """The header without what people vary: width, case, spaces, underscores, the star or note behind it."""
    text = _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _NOTE.sub("", text)


@dataclass(frozen=True)
class Header:
    """One row read as a header: where it stands and the positions (from 0) of each known column."""

    row: int
    cells: tuple[str, ...]
    positions: dict[str, list[int]]

    @property
    def score(self) -> int:
        return len(self.positions)


def find_header(lines: Sequence[Line], columns: Sequence[Column]) -> Header | None:
    """The row of `lines` that names most of `columns`, the first of equals; None when all are blank."""
    known = {plain_header(header): column.key for column in columns for header in (*column.headers, column.key)}
    headers = [_read(row, cells, known) for row, cells in lines]
    written = [header for header in headers if any(header.cells)]
    # Without any known header the widest row is the best guess for what the file calls its columns.
    return max(written, key=lambda header: (header.score, sum(map(bool, header.cells))), default=None)


def checked(header: Header, columns: Sequence[Column], file: str) -> dict[str, int]:
    """The position of each column found. Raises HeadersMissing or HeadersDoubled naming what was found."""
    doubled = [column for column in columns if len(header.positions.get(column.key, ())) > 1]
    if doubled:
        raise HeadersDoubled(file=file, row=header.row, doubled=_names(doubled))
    missing = [column for column in columns if column.required and column.key not in header.positions]
    if missing:
        found = "、".join(cell for cell in header.cells if cell)[:300]
        raise HeadersMissing(file=file, row=header.row, missing=_names(missing), found=found)
    return {key: positions[0] for key, positions in header.positions.items()}


def _names(columns: Sequence[Column]) -> str:
    language = get_language() or "zh-hans"
    return "、".join(column.header_in(language) for column in columns)


def _read(row: int, cells: Sequence[str | None], known: dict[str, str]) -> Header:
    texts = tuple(" ".join((cell or "").replace("\ufeff", "").split()) for cell in cells)
    positions: dict[str, list[int]] = {}
    for position, text in enumerate(texts):
        key = known.get(plain_header(text))
        if key:
            positions.setdefault(key, []).append(position)
    return Header(row, texts, positions)
