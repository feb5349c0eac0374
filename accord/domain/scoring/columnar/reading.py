"""How a method is put into columns, and how the rows that fit are scored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from polars import col

from accord.domain.scoring.columnar.exact import (
    ABSENT,
    METRIC_DIGITS,
    MICRO,
    POINTS_DIGITS,
    Fraction,
    number_of,
    text_of,
)
from accord.domain.scoring.columnar.settle import SCORE

ROW = "__row"
REGULAR = "__regular"


@dataclass(frozen=True, slots=True)
class Number:
    """How a number is read: digits before the point, and whether it may be left out, for `default` or for none."""

    digits: int
    default: int | None = None
    optional: bool = False


METRIC = Number(METRIC_DIGITS)
POINTS = Number(POINTS_DIGITS)
POINTS_OR_NONE = Number(POINTS_DIGITS, optional=True)


def points_or(default: int) -> Number:
    """Points that are `default` where they are left out."""
    return Number(POINTS_DIGITS, default * MICRO, optional=True)


@dataclass(frozen=True, slots=True)
class Columns:
    """One method. Its expressions see numbers in millionths under their parameter names.

    `sound` says which rows have a score at all. The first of each list of `words` counts where the word is left out.
    `prepare` turns the `prepared` parameters, which are no plain columns, into columns.
    """

    numbers: Mapping[str, Number]
    sound: pl.Expr
    fraction: Fraction
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prepared: Sequence[str] = ()
    prepare: Callable[[pl.DataFrame], pl.DataFrame] = lambda part: part


def score_columns(columns: Columns, part: pl.DataFrame, parameters: Sequence[str]) -> pl.DataFrame:
    """Return the row number and the score of the rows whose numbers are plain and whose rule is sound."""
    return (
        _read(columns, columns.prepare(part), parameters)
        .filter(col(REGULAR) & columns.sound)
        .select(ROW, columns.fraction.score().cast(SCORE["score"]).alias("score"), ABSENT.alias("error"))
    )


def _read(columns: Columns, part: pl.DataFrame, parameters: Sequence[str]) -> pl.DataFrame:
    """Put numbers in millionths and words in place of the texts, and say which rows were read without a doubt."""
    plain, read = [], []
    for name, number in columns.numbers.items():
        value = number_of(part.schema, name, number.digits)
        plain.append(value.is_not_null() | (text_of(part.schema, name).is_null() & number.optional))
        read.append(value.fill_null(pl.lit(number.default, dtype=pl.Int128)).alias(name))
    for name, words in columns.words.items():
        word = text_of(part.schema, name).fill_null(words[0])
        plain.append(word.is_in(words))
        read.append(word.alias(name))
    known = {*columns.numbers, *columns.words, *columns.prepared}
    plain += [col(name).is_null() for name in parameters if name not in known]
    return part.with_columns(*read, pl.all_horizontal(plain).alias(REGULAR))
