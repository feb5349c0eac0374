"""Exact arithmetic in columns: numbers as whole millionths, scores as fractions of two whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

MICRO = 10**6
CENT = pl.lit(Decimal("0.01"))

# Digits before the point of an observed value and of a number of points. With them no product of this package
# reaches 1e37, and 128 bits hold 1.7e38.
METRIC_DIGITS = 12
POINTS_DIGITS = 6

ABSENT = pl.lit(None, dtype=pl.String)
UNREADABLE = pl.lit("")


@dataclass(frozen=True, slots=True)
class Fraction:
    """`over` ÷ `under` points: whole numbers in 128 bits, `under` above 0."""

    over: pl.Expr
    under: pl.Expr

    def within(self, floor: pl.Expr, cap: pl.Expr | None = None) -> "Fraction":
        """Clamp to limits given in millionths; where the cap is null there is none."""
        over = self.over * MICRO
        if cap is not None:
            over = pl.min_horizontal(over, cap * self.under)
        return Fraction(pl.max_horizontal(over, floor * self.under), self.under * MICRO)

    def score(self) -> pl.Expr:
        """Round half-up (a tie away from zero) to 0.01."""
        return as_score(self.over.sign() * ((200 * self.over.abs() + self.under) // (2 * self.under)))


def as_score(cents: pl.Expr) -> pl.Expr:
    """Return whole cents as a decimal with two places."""
    return cents.cast(pl.Decimal(38, 0)) * CENT


def text_of(schema: Mapping[str, pl.DataType], name: str) -> pl.Expr:
    """Return a column as text: null where it is missing, unreadable where it holds binary floats or structures."""
    dtype = schema.get(name)
    if dtype is None:
        return ABSENT
    exact = dtype.is_integer() or dtype.is_decimal() or dtype in (pl.String, pl.Null)
    return pl.col(name).cast(pl.String) if exact else UNREADABLE


def number_of(schema: Mapping[str, pl.DataType], name: str, digits: int) -> pl.Expr:
    """Return a column as whole millionths; null where it holds anything else or more than `digits` before the point."""
    if schema.get(name) != pl.Decimal(38, 6):
        return millionths(text_of(schema, name), digits)
    # Decimals with six places are whole millionths as they stand, and need not be read.
    whole = pl.col(name).to_physical()
    return pl.when(whole.abs() < 10 ** (digits + 6)).then(whole)


def millionths(text: pl.Expr, digits: int) -> pl.Expr:
    """Return plain decimal text as whole millionths; null for any other text and beyond `digits` before the point."""
    plain = text.str.contains(rf"^-?[0-9]{{1,{digits}}}(\.[0-9]{{1,6}})?$")
    return pl.when(plain).then(text.cast(pl.Decimal(38, 6), strict=False).to_physical().cast(pl.Int128))
