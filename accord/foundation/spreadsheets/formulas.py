"""Texts that a spreadsheet program would run as a formula, and how they are kept harmless in CSV files."""

from __future__ import annotations

import re

import polars as pl

# Spreadsheet programs skip blanks before the sign and read full-width signs like plain ones.
_START = "[ \t\r\n\u00a0\u3000\u200b\ufeff]*[=+\\-@＝＋－＠﹢﹣﹦﹫]|[\t\r\n]"
_RISKY = re.compile(_START)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?")


def is_risky(text: str) -> bool:
    """Whether a spreadsheet program could take `text` for a formula; plain numbers with a sign are harmless."""
    return _RISKY.match(text) is not None and _NUMBER.fullmatch(text) is None


def protected(text: str) -> str:
    """`text` as it may stand in a CSV file: with an apostrophe before it if it is risky."""
    return f"'{text}" if is_risky(text) else text


def unprotected(texts: pl.Series) -> pl.Series:
    """Take the apostrophes of `protected` away again; other apostrophes stay."""
    if not texts.str.starts_with("'").any():
        return texts
    return texts.str.replace(f"^'({_START})", "$1")
