"""Weighted totals of many scorecards at once."""

from collections.abc import Sequence
from functools import partial

import polars as pl
from polars import col

from accord.domain.scoring.columnar.exact import MICRO, POINTS_DIGITS, Fraction, millionths, text_of
from accord.domain.scoring.columnar.reading import POINTS_OR_NONE, ROW, Columns, points_or, score_columns
from accord.domain.scoring.columnar.settle import settled
from accord.domain.scoring.methods.weighted_total import WeightedTotal

HUNDREDTH = MICRO // 100


def score_totals(items: pl.DataFrame, cards: pl.DataFrame, keys: Sequence[str] = ()) -> pl.DataFrame:
    """Return `cards` with `score` (two decimals) and `error` (code), one of them null in each row.

    `items` has `card`, `weight` and `score` (null while missing); `cards` has `card`, the parameters of
    weighted_total under their own names (`bonuses` and `deductions` are lists) and `keys`, which are only carried
    along. Numbers come as text, whole numbers or decimals.
    """
    rows = cards.with_row_index(ROW)
    parameters = [name for name in cards.columns if name not in {"card", *keys}]
    regular = score_columns(_columns(items), rows, parameters)
    rest = rows.join(regular, on=ROW, how="anti", maintain_order="left")
    scored = pl.concat([regular, _settle(items, rest, parameters)])
    return rows.join(scored, on=ROW, how="left", maintain_order="left").drop(ROW)


def _columns(items: pl.DataFrame) -> Columns:
    shared = col("missing") == "redistribute"
    weight = pl.when(shared).then(col("__present")).otherwise(MICRO)
    extras = pl.min_horizontal("__bonuses", "bonus_cap") - pl.min_horizontal("__deductions", "deduction_cap")
    nothing_missing = col("__missing") == 0
    return Columns(
        numbers={
            "bonus_cap": POINTS_OR_NONE,
            "deduction_cap": POINTS_OR_NONE,
            "floor": points_or(0),
            "cap": POINTS_OR_NONE,
        },
        words={"missing": ("block", "redistribute", "zero")},
        prepared=("bonuses", "deductions"),
        prepare=partial(_with_sums, items),
        sound=pl.all_horizontal(
            col("__plain"),
            col("__weight") == MICRO,
            nothing_missing | ((col("missing") != "block") & (col("__missing") < col("__items"))),
            weight > 0,
            col("bonus_cap").fill_null(0) >= 0,
            col("deduction_cap").fill_null(0) >= 0,
            col("cap").is_null() | (col("floor") <= col("cap")),
        ),
        # Σ weight · score comes in millionths of cents.
        fraction=Fraction(col("__weighted") * MICRO + extras * weight * 100, weight * 100 * MICRO).within(
            col("floor"), col("cap")
        ),
    )


def _with_sums(items: pl.DataFrame, cards: pl.DataFrame) -> pl.DataFrame:
    """Add what the items, the bonuses and the deductions of each card sum to."""
    cards = cards.join(_sums_of_items(items), on="card", how="left", maintain_order="left")
    for name in ("bonuses", "deductions"):
        cards = _with_sum_of_list(cards, name)
    readable = [col(name).is_not_null() for name in ("__weighted", "__bonuses", "__deductions")]
    return cards.with_columns(pl.all_horizontal("__plain", *readable).alias("__plain"))


def _sums_of_items(items: pl.DataFrame) -> pl.DataFrame:
    weight = millionths(text_of(items.schema, "weight"), POINTS_DIGITS)
    text = text_of(items.schema, "score")
    score = millionths(text, POINTS_DIGITS)
    cents = score.sign() * ((score.abs() + HUNDREDTH // 2) // HUNDREDTH)
    there = text.is_not_null()
    read = items.select("card", there=there, weight=weight, cents=cents)
    return read.group_by("card").agg(
        pl.len().alias("__items"),
        (~col("there")).sum().alias("__missing"),
        col("weight").sum().alias("__weight"),
        col("weight").filter("there").sum().alias("__present"),
        (col("weight") * col("cents")).sum().alias("__weighted"),
        ((col("weight") >= 0).fill_null(False) & (col("cents").is_not_null() | ~col("there"))).all().alias("__plain"),
    )


def _with_sum_of_list(cards: pl.DataFrame, name: str) -> pl.DataFrame:
    """Add the sum of a list of amounts, 0 without a list, null where an amount is not plain or negative."""
    dtype = cards.schema.get(name)
    if not isinstance(dtype, pl.List):
        empty = pl.lit(0, dtype=pl.Int128) if dtype is None or dtype == pl.Null else pl.lit(None, dtype=pl.Int128)
        return cards.with_columns(empty.alias(f"__{name}"))
    amounts = cards.select(ROW, amount=name).filter(col("amount").list.len() > 0).explode("amount")
    read = amounts.select(ROW, amount=millionths(text_of(amounts.schema, "amount"), POINTS_DIGITS))
    sums = read.group_by(ROW).agg(
        pl.when((col("amount") >= 0).fill_null(False).all()).then(col("amount").sum()).alias(f"__{name}"),
        pl.lit(True).alias("__listed"),
    )
    joined = cards.join(sums, on=ROW, how="left", maintain_order="left")
    total = pl.when(col("__listed").is_null()).then(0).otherwise(f"__{name}")
    return joined.with_columns(total.alias(f"__{name}")).drop("__listed")


def _settle(items: pl.DataFrame, cards: pl.DataFrame, parameters: Sequence[str]) -> pl.DataFrame:
    of_card: dict[object, list[dict[str, object]]] = {}
    for row in items.join(cards, on="card", how="semi", maintain_order="left").iter_rows(named=True):
        of_card.setdefault(row["card"], []).append({"weight": row["weight"], "score": row["score"]})
    rows = cards.select("card", *parameters).iter_rows(named=True)
    cases = (
        (WeightedTotal.code, {name: row[name] for name in parameters}, of_card.get(row["card"], [])) for row in rows
    )
    return pl.concat([cards.select(ROW), settled(cases)], how="horizontal")
