"""From what a workbook stores in a cell to the text a person sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import polars as pl

from accord.foundation.spreadsheets.grids import FORMULA_MARK
from accord.foundation.spreadsheets.shared_texts import unescaped
from accord.foundation.spreadsheets.sheet_cells import Cells
from accord.foundation.spreadsheets.styles import PLAIN, Look, Style

# Excel believes that 1900 had a 29 February, so its days after that count from 30 December 1899.
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 (a sheet knows no time zone)
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY = 2_958_465
_SHORT_NUMBER = r"^-?(?:0|[1-9][0-9]{0,14})$|^-?(?:0|[1-9][0-9]{0,6})\.[0-9]{0,7}[1-9]$"


class Texts(NamedTuple):
    """What cells refer to."""

    shared: pl.Series
    styles: Sequence[Style]
    counts_from_1904: bool


def size_of(cells: Cells, texts: Texts) -> int:
    """How many characters `cells` show, before any of them is made: a short reference may stand for a long text."""
    own = sum(len(value) for value in cells.values if value)
    if not len(texts.shared):
        return own
    indices = [value for value, kind in zip(cells.values, cells.kinds, strict=True) if kind == "s" and value]
    places = pl.Series(indices, dtype=pl.String).cast(pl.UInt32, strict=False).drop_nulls()
    lengths = texts.shared.str.len_chars()
    return own + int(lengths.gather(places.filter(places < len(lengths))).cast(pl.Int64).sum())


def shown(cells: Cells, texts: Texts) -> pl.DataFrame:
    """`row`, `column` and `text` of each cell that shows something; `text` is null for a text that is not there."""
    frame = pl.DataFrame(
        {"row": cells.rows, "column": cells.columns, "style": cells.styles, "kind": cells.kinds, "value": cells.values},
        schema={"row": pl.UInt32, "column": pl.UInt32, "style": pl.UInt32, "kind": pl.String, "value": pl.String},
    ).with_columns(pl.Series("formula", cells.formulas, dtype=pl.String))
    frame = frame.with_columns(text=_texts(frame, texts))
    return frame.filter(pl.col("text").is_null() | (pl.col("text") != "")).select("row", "column", "text")


def _texts(frame: pl.DataFrame, texts: Texts) -> pl.Series:
    # A text formula may well give an empty text; any other always has a value once it was calculated.
    unvalued = pl.col("formula").is_not_null() & (pl.col("value").fill_null("") == "") & (pl.col("kind") != "str")
    value = pl.col("value").fill_null("")
    chosen = (
        pl.when(unvalued)
        .then(FORMULA_MARK + "=" + pl.col("formula"))
        .when(pl.col("kind") == "s")
        .then(_shared(frame, texts.shared))
        .when(pl.col("kind") == "b")
        .then(value.replace_strict({"1": "TRUE", "0": "FALSE"}, default=pl.lit("")))
        .otherwise(value)
    )
    odd = _odd(frame, texts)
    if odd.is_empty():
        return frame.select(chosen.alias("text")).to_series()
    found = frame.with_columns(chosen.alias("text")).join(
        odd, on=["kind", "style", "value"], how="left", maintain_order="left"
    )
    return found.select(pl.when(unvalued).then("text").otherwise(pl.coalesce("shown", "text"))).to_series()


def _shared(frame: pl.DataFrame, shared: pl.Series) -> pl.Series:
    index = frame["value"].set(frame["kind"] != "s", None).cast(pl.UInt32, strict=False)
    index = index.set(index >= len(shared), None)
    return shared.gather(index) if len(shared) else pl.repeat(None, len(index), dtype=pl.String, eager=True)


def _odd(frame: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """The few distinct values whose text takes some thought, each with what it shows."""
    styled = [number for number, style in enumerate(texts.styles) if style != PLAIN]
    value = pl.col("value")
    odd = (
        frame.select("kind", "style", "value")
        .filter(
            ((pl.col("kind") == "n") & (pl.col("style").is_in(styled) | ~value.str.contains(_SHORT_NUMBER)))
            | (pl.col("kind") == "d")
            | (pl.col("kind").is_in(["str", "inlineStr"]) & value.str.contains("_x", literal=True))
        )
        .unique()
    )
    answers = [_shown(kind, style, text, texts) for kind, style, text in odd.iter_rows()]
    return odd.with_columns(pl.Series("shown", answers, dtype=pl.String))


def _shown(kind: str, style: int, value: str, texts: Texts) -> str:
    if kind == "d":
        return iso_text(value)
    if kind != "n":
        return unescaped(value)
    look = texts.styles[style] if style < len(texts.styles) else PLAIN
    return styled_text(value, look, counts_from_1904=texts.counts_from_1904)


def number_text(value: str) -> str:
    """The stored number in plain digits: no `.0`, no exponent, at most the 15 digits that spreadsheets keep."""
    try:
        number = Decimal(value)
        if len(number.as_tuple().digits) > 15:
            number = Decimal(format(float(value), ".15g"))
    except (InvalidOperation, ValueError, OverflowError):
        return value
    return _plain(number)


def _plain(number: Decimal) -> str:
    """Digits without exponent and trailing zeros; numbers beyond any use keep their exponent."""
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def styled_text(value: str, style: Style, *, counts_from_1904: bool = False) -> str:
    """The number `value` as `style` shows it, with all its digits: `2026-10-05`, `12.5%`, `000123`."""
    text = number_text(value)
    if style.look is Look.PERCENT:
        return f"{_plain(Decimal(text).scaleb(2))}%" if _is_number(text) else text
    if style.look is Look.DATE:
        return date_text(text, counts_from_1904=counts_from_1904)
    if style.look is Look.PADDED and text.isdecimal():
        return text.zfill(style.digits)
    return text


def date_text(days: str, *, counts_from_1904: bool = False) -> str:
    """A day number as an ISO date, with the time where there is one; what is no day number stays as it is."""
    if not _is_number(days) or not 0 <= Decimal(days) <= _LAST_DAY:
        return days
    seconds = round(Decimal(days) * 86_400)
    if seconds < 86_400 and not counts_from_1904:
        return str(timedelta(seconds=seconds)).zfill(8)
    moment = (_EPOCH_1904 if counts_from_1904 else _EPOCH_1900) + timedelta(seconds=seconds)
    if not counts_from_1904 and seconds < 60 * 86_400:
        moment += timedelta(days=1)
    return moment.isoformat(sep=" ").removesuffix(" 00:00:00")


def iso_text(value: str) -> str:
    """An ISO date cell without an empty time."""
    day, _, time = value.partition("T")
    time = time.removesuffix("Z").partition(".")[0]
    return day if time in ("", "00:00:00", "00:00") else f"{day} {time}"


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
