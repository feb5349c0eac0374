"""Dates as people write them."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext_noop as _

from accord.foundation.spreadsheets.numbers import MISSING
from accord.foundation.spreadsheets.remarks import Remark

FAULTS = {
    "date_unreadable": _("“%(text)s” is not a date like 2026-10-05."),
    "date_impossible": _("The date “%(text)s” does not exist."),
}
"""Why a text is no date: code → sentence with the place `text`."""

_WRITTEN = r"^([1-9][0-9]{3})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?(?:[ T]+[0-9:.]+Z?)?$"
_COMPACT = r"^([1-9][0-9]{3})([0-9]{2})([0-9]{2})$"
# A day number of Excel that lost its format: five digits, 1954 to 2173.
_SERIAL = r"^[2-9][0-9]{4}(?:\.0+)?$"
_EPOCH = pl.date(1899, 12, 30)


def read_dates(texts: pl.Series) -> pl.DataFrame:
    """Read 2026-10-05, 2026/10/5, 2026.10.5, 2026年10月5日, 20261005 and Excel's day numbers; times are cut off.

    Returns, in the order given, `date` (null where nothing is written or the text is refused) and `fault` (a key of
    FAULTS, else null). 10/5/2026 is refused: nobody can know which one is the month.
    """
    date = texts.str.strip_chars().str.to_date("%Y-%m-%d", strict=False)
    date = date.set(~date.dt.year().is_between(1000, 9999), None)
    answers = pl.DataFrame(
        [date.alias("date"), pl.repeat(None, len(texts), dtype=pl.String, eager=True).alias("fault")]
    )
    odd = texts.alias("text").to_frame().with_row_index("at").filter(date.is_null())
    if odd.is_empty():
        return answers
    odd = _read_odd(odd)
    return answers.with_columns(answers[name].scatter(odd["at"], odd[name]) for name in ("date", "fault"))


def _read_odd(odd: pl.DataFrame) -> pl.DataFrame:
    """Everything but 2026-10-05: `at`, `date`, `fault`."""
    cleaned = pl.col("text").str.normalize("NFKC").str.strip_chars().str.replace_all(r"\s*([-/.年月日号])\s*", "$1")
    text = pl.col("text")
    parts = [
        pl.coalesce(text.str.extract(pattern, group) for pattern in (_WRITTEN, _COMPACT)).str.zfill(width)
        for group, width in ((1, 4), (2, 2), (3, 2))
    ]
    iso = pl.concat_str(parts, separator="-")
    days = text.str.head(5).cast(pl.Int64, strict=False)
    serial = pl.when(text.str.contains(_SERIAL)).then(_EPOCH + pl.duration(days=days))
    date = pl.coalesce(iso.str.to_date("%Y-%m-%d", strict=False), serial)
    is_missing = text.str.to_lowercase().is_in(["", *MISSING])
    return odd.select("at", cleaned.fill_null("").alias("text")).select(
        "at",
        date.alias("date"),
        pl.when(date.is_not_null() | is_missing)
        .then(None)
        .when(iso.is_not_null())
        .then(pl.lit("date_impossible"))
        .otherwise(pl.lit("date_unreadable"))
        .alias("fault"),
    )


def date_fault(row: int, column: str, fault: str, text: str) -> Remark:
    """The refusal of a cell whose `text` has this `fault`."""
    return Remark(row, column, fault, FAULTS[fault], {"text": text[:60]})
