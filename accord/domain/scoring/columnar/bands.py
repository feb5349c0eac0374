"""Which band each row falls into, when every row brings its own table of bands."""

import polars as pl
from polars import col

from accord.domain.scoring.columnar.exact import METRIC_DIGITS, POINTS_DIGITS, millionths, text_of
from accord.domain.scoring.columnar.reading import ROW

BAND = "__band"
BANDS_SOUND = "__bands_sound"


def find_bands(part: pl.DataFrame) -> pl.DataFrame:
    """Add the score of the band of `actual` (null below all bands) and whether the table is sorted and readable."""
    if not _holds_bands(part.schema.get("bands")):
        return part.with_columns(pl.lit(None, dtype=pl.Int128).alias(BAND), pl.lit(False).alias(BANDS_SOUND))
    bands = part.select(ROW, "bands", actual=millionths(text_of(part.schema, "actual"), METRIC_DIGITS))
    long = bands.explode("bands").unnest("bands")
    start = millionths(text_of(long.schema, "from"), METRIC_DIGITS)
    score = millionths(text_of(long.schema, "score"), POINTS_DIGITS)
    rises = col("start").diff().fill_null(1) > 0
    found = (
        long.select(ROW, "actual", start=start, score=score)
        .group_by(ROW)
        .agg(
            col("score").filter(col("start") <= col("actual")).last().alias(BAND),
            (col("start").is_not_null() & col("score").is_not_null() & rises).all().alias(BANDS_SOUND),
        )
    )
    return part.join(found, on=ROW, how="left", maintain_order="left")


def _holds_bands(dtype: pl.DataType | None) -> bool:
    if not isinstance(dtype, pl.List) or not isinstance(dtype.inner, pl.Struct):
        return False
    return {field.name for field in dtype.inner.fields} == {"from", "score"}
