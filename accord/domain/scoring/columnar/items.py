"""Scores of single items, many at once."""

from collections.abc import Sequence

import polars as pl

from accord.domain.scoring.columnar.methods import COLUMNAR
from accord.domain.scoring.columnar.reading import ROW, score_columns
from accord.domain.scoring.columnar.settle import SCORE, settled


def score_items(frame: pl.DataFrame, keys: Sequence[str] = ()) -> pl.DataFrame:
    """Return `frame` with `score` (two decimals) and `error` (code), one of them null in each row.

    Columns: `method`; `actual`; the parameters under their own names, as text or whole numbers, null where left out
    (`bands` is a list of {from, score}); and `keys`, which are only carried along.
    """
    rows = frame.with_row_index(ROW)
    parameters = [name for name in frame.columns if name not in {"method", "actual", *keys}]
    parts = [
        _score_method(str(method), part, parameters)
        for (method,), part in rows.partition_by("method", as_dict=True).items()
    ]
    scored = pl.concat([pl.DataFrame(schema={ROW: pl.UInt32, **SCORE}), *parts])
    return rows.join(scored, on=ROW, how="left", maintain_order="left").drop(ROW)


def _score_method(method: str, part: pl.DataFrame, parameters: Sequence[str]) -> pl.DataFrame:
    """Score rows of one method: in columns where that is possible, by the rule where it is not."""
    if method not in COLUMNAR:
        return _settle(method, part, parameters)
    regular = score_columns(COLUMNAR[method], part, parameters)
    rest = part.join(regular, on=ROW, how="anti", maintain_order="left")
    return pl.concat([regular, _settle(method, rest, parameters)])


def _settle(method: str, part: pl.DataFrame, parameters: Sequence[str]) -> pl.DataFrame:
    rows = part.select("actual", *parameters).iter_rows(named=True)
    cases = ((method, {name: row[name] for name in parameters}, row["actual"]) for row in rows)
    return pl.concat([part.select(ROW), settled(cases)], how="horizontal")
