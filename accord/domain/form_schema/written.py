"""Reading what people type: text without what no database keeps, numbers and dates as they are written here."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

# Controls other than tab and line feed, and halves of characters.
_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]*)?")
_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_SIGNS = str.maketrans("。−﹣", ".--")


def clean(text: str) -> str:
    """Return `text` with one kind of line end and without the characters databases refuse."""
    if text.isprintable():
        return text
    return _UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def number_of(text: str) -> Decimal | None:
    """Return the number that is written, None if there is none. Full-width digits and thousands commas are read.

    A comma anywhere else is refused: 1,5 could be 1.5 as well as 15.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).replace(" ", "")
    if not _NUMBER.fullmatch(plain) or not any(sign.isdigit() for sign in plain):
        return None
    return Decimal(plain.replace(",", ""))


def date_of(text: str) -> date | None:
    """Return the date that is written as 2026-01-31, 2026/1/31 or 2026年1月31日. None if there is none."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def whole_of(raw: object) -> int | None:
    """Return a whole number above 0, such as the number of a row, also from text. None if there is none."""
    if isinstance(raw, str):
        text = unicodedata.normalize("NFKC", raw).strip()
        return int(text) if re.fullmatch("[0-9]{1,18}", text) and int(text) else None
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 10**18 else None
