"""Rows the columns do not take: unusual numbers, other methods, and everything that has no score."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import polars as pl

from accord.domain.scoring.errors import ScoringError
from accord.domain.scoring.registry import score

SCORE: dict[str, pl.DataType] = {"score": pl.Decimal(38, 2), "error": pl.String()}

Case = tuple[str, Mapping[str, object], object]


def settled(cases: Iterable[Case]) -> pl.DataFrame:
    """Return `score` and `error` of each (method, params, actual), one of them null. Null parameters are left out."""
    answers = [_settle(*case) for case in cases]
    return pl.DataFrame(answers, schema=SCORE, orient="row")


def _settle(method: str, params: Mapping[str, object], actual: object) -> tuple[Decimal | None, str | None]:
    given = {name: value for name, value in params.items() if value is not None}
    try:
        return score(method, given, actual).value, None
    except ScoringError as error:
        return None, error.code
