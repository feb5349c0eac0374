"""Rows of a file that cannot be taken, and why."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from django.utils.translation import gettext_noop as _

from accord.domain.periods import Frequency, Period, PeriodError
from accord.foundation.spreadsheets.remarks import Remark


class RowRefused(Exception):
    """This row cannot be taken; carries the remark that says why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.code)
        self.remark = remark


def refusal(row: int, column: str, code: str, sentence: str, **values: object) -> Remark:
    """The remark that a row was left out, and why."""
    return Remark(row, column, code, sentence, {key: str(value) for key, value in values.items()})


def refuse(row: int, column: str, code: str, sentence: str, **values: object) -> NoReturn:
    """Stop reading the row with a sentence for its author."""
    raise RowRefused(refusal(row, column, code, sentence, **values))


def read_day(row: int, column: str, text: str) -> date:
    """A day as spreadsheets and other systems write it. Raises RowRefused."""
    # Eight digits are how many systems write a day.
    plain = f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text
    try:
        return Period.parse(plain, Frequency.DAY).start
    except PeriodError:
        sentence = _("“%(text)s” is not a day that exists. Write it like 2026-03-31.")
        refuse(row, column, "day_unreadable", sentence, text=text[:40])
