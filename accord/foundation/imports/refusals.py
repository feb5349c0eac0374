"""The file of refused rows: the sender's own columns, and beside them row number, column and reason.

Corrected, it can be brought in as it is: the three added columns are not known to any kind and are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from accord.foundation.imports.remarks import Headings
from accord.foundation.spreadsheets import Remark, Sheet
from accord.foundation.spreadsheets.writing import write_rows

_ADDED = (_("Row"), _("Column"), _("Reason"))
_BETWEEN = _("; ")
# A workbook keeps numbers such as 000123 as they are; beyond this many rows people work with text files anyway.
WORKBOOK_ROWS = 100_000


def refused_rows(remarks: Iterable[Remark]) -> dict[int, list[Remark]]:
    """The refusals of each refused row, by row number."""
    rows: defaultdict[int, list[Remark]] = defaultdict(list)
    for remark in remarks:
        if remark.is_refusal and remark.row:
            rows[remark.row].append(remark)
    return dict(sorted(rows.items()))


def write_refused(path: Path, sheet: Sheet, remarks: Iterable[Remark], headings: Headings) -> None:
    """Write the refused rows of `sheet` to `path` (.csv or .xlsx), reasons in the current language."""
    refused = refused_rows(remarks)
    kept = _own_columns(sheet)
    headers = [sheet.headers[position] if position < len(sheet.headers) else "" for position in kept]
    added = [gettext(header) for header in _ADDED]
    write_rows(path, [*headers, *added], _rows(sheet, refused, kept, headings))


def _rows(
    sheet: Sheet, refused: dict[int, list[Remark]], kept: list[int], headings: Headings
) -> Iterator[list[str | int | None]]:
    between = gettext(_BETWEEN)
    for row, *cells in sheet.raw.filter(pl.col("row").is_in(list(refused))).iter_rows():
        shown = [headings.show(remark) for remark in refused[row]]
        columns = dict.fromkeys(remark.column for remark in shown if remark.column)
        reasons = dict.fromkeys(remark.sentence for remark in shown)
        yield [*(cells[position] for position in kept), row, "、".join(columns), between.join(reasons)]


def _own_columns(sheet: Sheet) -> list[int]:
    """The sender's columns, without those that an earlier file of refused rows had added."""
    added = set()
    for language in ("zh-hans", "en"):
        with override(language):
            added |= {gettext(header) for header in _ADDED}
    width = sheet.raw.width - 1
    names = [*sheet.headers, *[""] * width][:width]
    # Only all three together, at the end, are ours; a table of one's own may well have a column called “Row”.
    ours = len(names) > 3 and all(name in added for name in names[-3:])
    return list(range(width - 3 if ours else width))
