"""Remarks for many rows at once."""

from __future__ import annotations

import polars as pl

from accord.foundation.imports import Remark

_LONGEST = 60


def refuse(rows: pl.DataFrame, column: str, code: str, sentence: str, **places: str) -> list[Remark]:
    """One refusal for each of `rows`; `places` name the columns of `rows` that fill the places of the sentence."""
    remarks = []
    values: dict[tuple[object, ...], dict[str, str]] = {}
    for row, *texts in rows.select("row", *places.values()).iter_rows():
        # A million rows with the same fault share one set of values.
        key = tuple(texts)
        if key not in values:
            values[key] = {
                place: str("" if text is None else text)[:_LONGEST] for place, text in zip(places, texts, strict=True)
            }
        remarks.append(Remark(row, column, code, sentence, values[key]))
    return remarks
