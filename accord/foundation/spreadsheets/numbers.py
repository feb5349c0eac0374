"""Numbers as people write them, read exactly: no binary fraction on the way, a reason beside each one refused."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext_noop as _

from accord.foundation.spreadsheets.remarks import Remark

FAULTS = {
    "number_unreadable": _("“%(text)s” is not a number."),
    "number_not_finite": _("“%(text)s” is not a finite number."),
    "number_too_large": _("“%(text)s” is too large; numbers go up to about nine trillion."),
}
"""Why a text is no number: code → sentence with the place `text`."""

# What people write where there is no number.
MISSING = ("-", "--", "–", "—", "——", "/", "无", "n/a")

_PLAIN = r"^[+-]?[0-9]{1,12}(?:\.[0-9]{1,6})?$"
_NOT_FINITE = r"(?i)^[+-]?\s*(?:nan|inf|infinity|∞|无穷大|正无穷|负无穷)$"
_POWERS = {
    "千": 3,
    "k": 3,
    "万": 4,
    "w": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
_CURRENCY = r"(?:¥|元|RMB|CNY|人民币|USD|US\$|HK\$|\$|€|£)?"
_WRITTEN = (
    r"(?i)^(?P<open>\()?\s*(?P<sign>[+-])?\s*"
    + _CURRENCY
    + r"\s*(?P<inner_sign>[+-])?\s*(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<fraction>[0-9]*))?"
    r"(?:e(?P<exponent>[+-]?[0-9]{1,6}))?\s*(?P<unit>"
    + "|".join(sorted(_POWERS, key=len, reverse=True))
    + r")?\s*"
    + _CURRENCY
    + r"\s*(?P<percent>%)?\s*(?P<close>\))?$"
)
# 64 bits hold at most 19 digits.
_DIGITS = 19
_ZEROS = pl.lit("0" * _DIGITS)


def read_numbers(texts: pl.Series) -> pl.DataFrame:
    """Read each text as an exact number in whole millionths (see accord.domain.numbers), rounded half up.

    Returns, in the order given, `micro` (Int64; null where nothing is written or the text is refused; 12% is 0.12),
    `percent_micro` (the same as percent, 12% is 12; null where no percent sign is written) and `fault` (a key of
    FAULTS, else null).
    """
    text = texts.str.strip_chars().alias("text")
    plain = text.str.contains(_PLAIN).fill_null(value=False)
    micro = pl.select(pl.when(plain).then(text).cast(pl.Decimal(38, 6)).to_physical().cast(pl.Int64)).to_series()
    answers = pl.DataFrame(
        [
            micro.alias("micro"),
            pl.repeat(None, len(text), dtype=pl.Int64, eager=True).alias("percent_micro"),
            pl.repeat(None, len(text), dtype=pl.String, eager=True).alias("fault"),
        ]
    )
    if plain.all():
        return answers
    return _with(answers, _read_odd(text.to_frame().with_row_index("at").filter(~plain)))


def number_fault(row: int, column: str, fault: str, text: str) -> Remark:
    """The refusal of a cell whose `text` has this `fault`."""
    return Remark(row, column, fault, FAULTS[fault], {"text": text[:60]})


def _with(answers: pl.DataFrame, odd: pl.DataFrame) -> pl.DataFrame:
    names = ("micro", "percent_micro", "fault")
    return answers.with_columns(answers[name].scatter(odd["at"], odd[name]) for name in names)


def _read_odd(odd: pl.DataFrame) -> pl.DataFrame:
    """Everything that is not plain digits: `at`, `micro`, `percent_micro`, `fault`."""
    cleaned = pl.col("text").str.normalize("NFKC").str.replace_all("[−﹣]", "-").str.strip_chars()
    odd = odd.select("at", cleaned.fill_null("").alias("text"))
    parts = odd.with_columns(pl.col("text").str.extract_groups(_WRITTEN).alias("parts")).unnest("parts")
    parts = parts.with_columns(
        digits=pl.concat_str(pl.col("whole").str.replace_all(",", ""), "fraction", ignore_nulls=True),
        shift=6
        - pl.col("fraction").str.len_chars().fill_null(0).cast(pl.Int32)
        + pl.col("exponent").cast(pl.Int32).fill_null(0)
        + pl.col("unit").str.to_lowercase().replace_strict(_POWERS, default=0, return_dtype=pl.Int32),
        is_negative=pl.any_horizontal(pl.col("open", "sign", "inner_sign").is_in(["(", "-"]).fill_null(value=False)),
        is_percent=pl.col("percent").is_not_null(),
    )
    parts = parts.with_columns(
        _scaled(pl.col("shift")).alias("as_written"), _scaled(pl.col("shift") - 2).alias("hundredth")
    )
    is_missing = pl.col("text").str.to_lowercase().is_in(["", *MISSING])
    value = pl.when("is_percent").then("hundredth").otherwise("as_written")
    return parts.select(
        "at",
        pl.when(_is_number()).then(value).alias("micro"),
        pl.when(_is_number() & pl.col("is_percent")).then("as_written").alias("percent_micro"),
        pl.when(is_missing)
        .then(None)
        .when(pl.col("text").str.contains(_NOT_FINITE))
        .then(pl.lit("number_not_finite"))
        .when(~_is_number())
        .then(pl.lit("number_unreadable"))
        .when(pl.col("as_written").is_null())
        .then(pl.lit("number_too_large"))
        .alias("fault"),
    )


def _is_number() -> pl.Expr:
    """There are digits, brackets come in pairs, and only one thing says negative or percent or a power."""
    marks = [pl.col(name).is_not_null() for name in ("open", "sign", "inner_sign")]
    return (
        (pl.col("digits").str.len_chars() > 0)
        & (pl.col("open").is_null() == pl.col("close").is_null())
        & (pl.sum_horizontal(marks) <= 1)
        & (pl.col("percent").is_null() | (pl.col("unit").is_null() & pl.col("exponent").is_null()))
    ).fill_null(value=False)


def _scaled(shift: pl.Expr) -> pl.Expr:
    """`digits` × 10^shift as a signed 64-bit whole number, rounded half up, by its characters; null beyond that."""
    digits = pl.col("digits").str.strip_chars_start("0")
    length = digits.str.len_chars().cast(pl.Int32) + shift
    kept = pl.max_horizontal(length, 0)
    padded = digits + _ZEROS.str.slice(0, pl.max_horizontal(pl.min_horizontal(shift, _DIGITS), 0))
    whole = padded.str.slice(0, kept).replace("", "0").cast(pl.Int128, strict=False)
    next_digit = pl.when(length >= 0).then(digits.str.slice(kept, 1)).otherwise(pl.lit("0"))
    rounded = whole + (next_digit.replace("", "0") >= "5").cast(pl.Int128)
    signed = pl.when("is_negative").then(pl.lit(0, pl.Int128) - rounded).otherwise(rounded)
    return pl.when(digits == "").then(0).when(length <= _DIGITS).then(signed).cast(pl.Int64, strict=False)
