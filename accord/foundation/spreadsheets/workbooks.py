"""Reading .xlsx, streaming: memory follows the cells that hold something, not the size the file claims.

Reader libraries give neither error cells nor formulas without a value nor percent formats, turn digits into binary
fractions, and build the whole claimed rectangle first; so the parts are read here (see docs/adr).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from accord.foundation.spreadsheets import limits
from accord.foundation.spreadsheets.archives import Archive
from accord.foundation.spreadsheets.cells import Texts, shown, size_of
from accord.foundation.spreadsheets.errors import CellTooLong, DamagedFile, EmptyFile, TooLarge
from accord.foundation.spreadsheets.grids import Grid
from accord.foundation.spreadsheets.headers import find_header
from accord.foundation.spreadsheets.shared_texts import read_shared_texts
from accord.foundation.spreadsheets.sheet_cells import sheet_cells
from accord.foundation.spreadsheets.sheets import Column
from accord.foundation.spreadsheets.styles import read_styles
from accord.foundation.spreadsheets.workbook_parts import SheetPart, Workbook, open_workbook


def read_workbook(path: Path, file: str, columns: Sequence[Column]) -> Grid:
    """Read the first visible sheet whose header fits `columns` best. `file` is its name for messages.

    Raises UnreadableFile of several kinds.
    """
    with Archive(path, file) as archive:
        workbook = open_workbook(archive)
        texts = _texts(archive, workbook)
        scores = [_score(archive, sheet, texts, columns) for sheet in workbook.sheets]
        if not any(scores):
            raise EmptyFile(file=file)
        best = scores.index(max(scores))
        unread = tuple(
            sheet.name
            for place, (sheet, score) in enumerate(zip(workbook.sheets, scores, strict=True))
            if place != best and score == scores[best] > 1
        )
        return Grid(_cells(archive, workbook.sheets[best], texts), unread_sheets=unread)


def _texts(archive: Archive, workbook: Workbook) -> Texts:
    return Texts(
        shared=read_shared_texts(archive, workbook.shared_texts)
        if workbook.shared_texts
        else pl.Series(dtype=pl.String),
        styles=read_styles(archive, workbook.styles) if workbook.styles else [],
        counts_from_1904=workbook.counts_from_1904,
    )


def _score(archive: Archive, sheet: SheetPart, texts: Texts, columns: Sequence[Column]) -> int:
    """0 for a blank sheet, 1 for one without any known header, more for each known one."""
    cells = _cells(archive, sheet, texts, last_row=limits.HEADER_ROWS)
    header = find_header(Grid(cells).head(), columns)
    return header.score + 1 if header else 0


def _cells(archive: Archive, sheet: SheetPart, texts: Texts, last_row: int = limits.ROWS) -> pl.DataFrame:
    frames: list[pl.DataFrame] = []
    characters = 0
    for cells in sheet_cells(archive, sheet.part, last_row):
        characters += size_of(cells, texts)
        if characters > limits.TABLE_CHARACTERS:
            limit = limits.TABLE_CHARACTERS // limits.MIB
            raise TooLarge(file=archive.file, found=characters // limits.MIB, limit=limit)
        frame = shown(cells, texts)
        _judge(archive, frame)
        frames.append(_side_by_side(frame))
    if not frames:
        return pl.DataFrame(schema={"row": pl.UInt32})
    names = sorted({name for frame in frames for name in frame.columns[1:]}, key=int)
    names = [str(number) for number in range(1, int(names[-1]) + 1)] if names else []
    return pl.concat(frames, how="diagonal").select(
        "row",
        *(
            pl.col(name) if any(name in f.columns for f in frames) else pl.lit(None, pl.String).alias(name)
            for name in names
        ),
    )


def _judge(archive: Archive, frame: pl.DataFrame) -> None:
    """Raises DamagedFile for a text that is not there, CellTooLong for one beyond what a cell can hold."""
    lost = frame.filter(pl.col("text").is_null())
    if not lost.is_empty():
        raise DamagedFile(file=archive.file, found=f"sharedStrings.xml, {lost['row'][0]}")
    long = frame.filter(pl.col("text").str.len_chars() > limits.CELL_CHARACTERS)
    if not long.is_empty():
        raise CellTooLong(file=archive.file, row=long["row"][0], limit=f"{limits.CELL_CHARACTERS:,}")


def _side_by_side(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a row, one column a column, from one row a cell."""
    rows = frame.select("row").unique(maintain_order=True)
    for (column,), cells in sorted(frame.partition_by("column", as_dict=True).items()):
        cells = cells.select("row", pl.col("text").alias(str(column))).unique("row", keep="last", maintain_order=True)
        rows = cells if cells.height == rows.height and rows.width == 1 else rows.join(cells, on="row", how="left")
    return rows
