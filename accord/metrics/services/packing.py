"""Two whole numbers as one: Polars joins and sorts by one column in less than half the time it takes for two."""

from __future__ import annotations

import polars as pl

# Half a million million keys on the right, eight million on the left: no table here comes near either.
FACTOR = 1 << 40


def packed(left: str, right: str) -> pl.Expr:
    """The columns `left` and `right` as one; sorts by `left`, then `right`. `right` lies within ± FACTOR / 2."""
    return pl.col(left).cast(pl.Int64) * FACTOR + pl.col(right)
