"""The item methods in columns: what each reads, when its numbers make sense, and its score as a fraction."""

import polars as pl
from polars import col

from accord.domain.scoring.columnar.bands import BAND, BANDS_SOUND, find_bands
from accord.domain.scoring.columnar.exact import MICRO, Fraction
from accord.domain.scoring.columnar.reading import METRIC, POINTS, POINTS_OR_NONE, Columns, points_or

DIRECTIONS = ("up", "down")
ONE_POINT = pl.lit(MICRO, dtype=pl.Int128)


def _mirrored(name: str) -> pl.Expr:
    """Return a value of the metric so that more is better."""
    return pl.when(col("direction") == "up").then(col(name)).otherwise(0 - col(name))


def _completion_ratio() -> Columns:
    actual, target, cap = col("actual"), col("target"), col("cap")
    inverse = (col("direction") == "down") & (col("down_formula") == "inverse")
    unlimited = inverse & (actual <= 0)
    over = (
        pl.when(unlimited)
        .then(cap)
        .when(inverse)
        .then(100 * target)
        .when(col("direction") == "up")
        .then(100 * actual)
        .otherwise(200 * target - 100 * actual)
    )
    under = pl.when(unlimited).then(MICRO).when(inverse).then(actual).otherwise(target)
    zeroed = (over * MICRO < col("zero_below") * under) & ~unlimited
    return Columns(
        numbers={
            "actual": METRIC,
            "target": METRIC,
            "floor": points_or(0),
            "cap": points_or(120),
            "zero_below": POINTS_OR_NONE,
        },
        words={"direction": DIRECTIONS, "down_formula": ("two_minus", "inverse")},
        sound=(target > 0) & (col("floor") <= cap),
        fraction=Fraction(pl.when(zeroed).then(0).otherwise(over), under).within(col("floor"), cap),
    )


def _step_bands() -> Columns:
    return Columns(
        numbers={"actual": METRIC, "otherwise": points_or(0)},
        prepared=("bands",),
        prepare=find_bands,
        sound=col(BANDS_SOUND),
        fraction=Fraction(pl.coalesce(BAND, "otherwise"), ONE_POINT),
    )


def _threshold_target_stretch() -> Columns:
    actual, threshold, target, stretch = map(_mirrored, ("actual", "threshold", "target", "stretch"))
    low, middle, high = col("threshold_score"), col("target_score"), col("stretch_score")
    missed, stretched, before_target = actual < threshold, actual >= stretch, actual < target
    span = pl.when(before_target).then(target - threshold).otherwise(stretch - target)
    line = (
        pl.when(before_target)
        .then(low * span + (middle - low) * (actual - threshold))
        .otherwise(middle * span + (high - middle) * (actual - target))
    )
    return Columns(
        numbers={
            "actual": METRIC,
            "threshold": METRIC,
            "target": METRIC,
            "stretch": METRIC,
            "threshold_score": points_or(60),
            "target_score": points_or(100),
            "stretch_score": points_or(120),
        },
        words={"direction": DIRECTIONS},
        sound=(threshold < target) & (target < stretch) & (low <= middle) & (middle <= high),
        fraction=Fraction(pl.when(missed).then(0).when(stretched).then(high * span).otherwise(line), span * MICRO),
    )


def _points() -> Columns:
    gap, per = _mirrored("actual") - _mirrored("target"), col("per")
    above = gap >= 0
    counted = pl.when(col("mode") == "full_units").then(gap.abs() // per * per).otherwise(gap.abs())
    added = pl.min_horizontal(col("plus") * counted, col("cap_plus") * per)
    taken = pl.min_horizontal(col("minus") * counted, col("cap_minus") * per)
    not_negative = [col(name) >= 0 for name in ("plus", "minus")]
    caps = [col(name).fill_null(0) >= 0 for name in ("cap_plus", "cap_minus")]
    return Columns(
        numbers={
            "actual": METRIC,
            "target": METRIC,
            "per": METRIC,
            "base": POINTS,
            "plus": POINTS,
            "minus": POINTS,
            "cap_plus": POINTS_OR_NONE,
            "cap_minus": POINTS_OR_NONE,
        },
        words={"direction": DIRECTIONS, "mode": ("pro_rata", "full_units")},
        sound=pl.all_horizontal(per > 0, *not_negative, *caps),
        fraction=Fraction(col("base") * per + pl.when(above).then(added).otherwise(0 - taken), per * MICRO),
    )


def _difference() -> Columns:
    gap, unit = _mirrored("actual") - _mirrored("target"), col("unit")
    return Columns(
        numbers={
            "actual": METRIC,
            "target": METRIC,
            "unit": METRIC,
            "points_per_unit": POINTS,
            "floor": points_or(0),
            "cap": points_or(120),
        },
        words={"direction": DIRECTIONS},
        sound=(unit > 0) & (col("points_per_unit") >= 0) & (col("floor") <= col("cap")),
        fraction=Fraction(100 * MICRO * unit + col("points_per_unit") * gap, unit * MICRO).within(
            col("floor"), col("cap")
        ),
    )


def _deduction() -> Columns:
    events, full, per_event, floor = map(col, ("actual", "full", "per_event", "floor"))
    return Columns(
        numbers={"actual": METRIC, "full": POINTS, "per_event": POINTS, "floor": points_or(0)},
        sound=(events >= 0) & (per_event >= 0) & (floor <= full),
        fraction=Fraction(full * MICRO - per_event * events, ONE_POINT * MICRO).within(floor),
    )


def _all_or_nothing() -> Columns:
    met = _mirrored("actual") >= _mirrored("target")
    return Columns(
        numbers={"actual": METRIC, "target": METRIC, "full": points_or(100)},
        words={"direction": DIRECTIONS},
        sound=col("full") >= 0,
        fraction=Fraction(pl.when(met).then(col("full")).otherwise(0), ONE_POINT),
    )


COLUMNAR: dict[str, Columns] = {
    "completion_ratio": _completion_ratio(),
    "step_bands": _step_bands(),
    "threshold_target_stretch": _threshold_target_stretch(),
    "points": _points(),
    "difference": _difference(),
    "deduction": _deduction(),
    "all_or_nothing": _all_or_nothing(),
}
