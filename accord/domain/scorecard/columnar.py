"""Very many cards at once on Polars: what `actuals` and `lines` do one by one, in whole millionths, and equal to them.

Three frames travel: `lines` (one row a line), `dues` (one row a line and period, sorted by both) and `phases`. The
scores come from the second engine of `scoring`, and the frozen text of each line is the one that `freezing` writes, so
that whatever is worked out here can be worked out again by the rules alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from polars import col, lit

from accord.domain.scorecard.actuals import FINEST, PER_PERIOD
from accord.domain.scorecard.freezing import VERSION, as_text
from accord.domain.scoring.columnar import score_items, score_totals
from accord.domain.scoring.levels import names_of

LINES: dict[str, type[pl.DataType]] = {
    "line": pl.Int64,
    "phase": pl.Int64,
    "kpi": pl.Int64,
    "metric": pl.Int64,
    "series": pl.Int64,
    "weight": pl.Int64,
    "method": pl.String,
    "params": pl.String,
    "aggregation": pl.String,
    "down": pl.Boolean,
    "decimals": pl.Int64,
    "percent": pl.Boolean,
}
"""`weight` in millionths; `params` as JSON."""

DUES: dict[str, type[pl.DataType]] = {
    "line": pl.Int64,
    "period": pl.Int64,
    "target": pl.Int64,
    "threshold": pl.Int64,
    "stretch": pl.Int64,
    "value": pl.Int64,
    "numerator": pl.Int64,
    "denominator": pl.Int64,
    "over": pl.Boolean,
}
"""Numbers in millionths, null where there is none; `over` says whether the value of the period counts."""

_LEVELS = ("target", "threshold", "stretch")
_PARTS = ("numerator", "denominator")
_OVER = (("c", "counted"), ("a", "all"))
_COLUMNS = ("period", *_LEVELS, "value", *_PARTS)
_BANDS = pl.List(pl.Struct({"from": pl.String(), "score": pl.String()}))
_WIDE = pl.Int128
_MICRO = lit(Decimal(1).scaleb(-FINEST))


@dataclass(frozen=True)
class Gathered:
    """What the periods of each line come to: one row a line, in the order of the lines. `dues` are the periods."""

    dues: pl.DataFrame
    frame: pl.DataFrame


def gather(dues: pl.DataFrame) -> Gathered:
    """Read the periods once, for scores and frozen texts alike. Nearly all lines have the same levels in every period:
    these are not added up but multiplied, and only the others are looked at once more.
    """
    dues = dues.set_sorted("line")
    counts = col("value").is_not_null() & col("over")
    present = _present(dues)
    has_parts = "numerator" in present and "denominator" in present
    both = counts & col("numerator").is_not_null() & col("denominator").is_not_null()
    parts = [
        _wide(counts, "numerator").alias("above"),
        _wide(counts, "denominator").alias("below"),
        both.sum().cast(pl.Int64).alias("parted"),
    ]
    frame = dues.group_by("line", maintain_order=True).agg(
        counts.sum().cast(pl.Int64).alias("counted"),
        pl.len().cast(pl.Int64).alias("all"),
        _wide(counts, "value").alias("values"),
        col("value").filter(counts).last().alias("newest"),
        col("value").alias("_value"),
        col("period").first().alias("_first"),
        (col("period").last() - col("period").first() + 1 == pl.len()).alias("_is_whole"),
        *(parts if has_parts else ()),
        *(expression for name in present for expression in _about(name)),
    )
    if not has_parts:
        nothing = lit(0).cast(_WIDE)
        frame = frame.with_columns(nothing.alias("above"), nothing.alias("below"), lit(-1).alias("parted"))
    return Gathered(dues, frame.with_columns(_list("_value").alias("_value")))


def _present(dues: pl.DataFrame) -> list[str]:
    """The columns that hold anything at all."""
    return [name for name in (*_LEVELS, *_PARTS) if dues[name].null_count() < dues.height]


def _about(name: str) -> tuple[pl.Expr, ...]:
    """Whether a column is the same in all periods of a line, or empty in all of them."""
    nulls = col(name).null_count()
    return (
        col(name).first().alias(f"{name}_one"),
        ((nulls == 0) & (col(name).min() == col(name).max())).alias(f"{name}_same"),
        (nulls == pl.len()).alias(f"{name}_none"),
    )


def with_scores(lines: pl.DataFrame, gathered: Gathered, is_final: bool) -> pl.DataFrame:
    """`lines` with `actual` and the levels in millionths, and `score` with two decimals; null where there is none."""
    worked = lines.join(gathered.frame, on="line", how="left", maintain_order="left")
    worked = worked.with_columns(col("counted").fill_null(0), col("all").fill_null(0))
    levels = []
    for name in _LEVELS:
        if f"{name}_one" not in worked.columns:
            levels.append(lit(None, dtype=pl.Int64).alias(name))
            continue
        worked = _with_sums(worked, gathered, name)
        levels.append(_level(name, is_final))
    worked = worked.with_columns(_actual(is_final).alias("actual"), *levels)
    return _scored(worked.select(*LINES, "actual", *_LEVELS))


def _with_sums(worked: pl.DataFrame, gathered: Gathered, name: str) -> pl.DataFrame:
    """Add what a level sums to and ends with: over the periods that count (`c_`), and over all (`a_`)."""
    one, same = col(f"{name}_one").cast(_WIDE), col(f"{name}_same")
    worked = worked.with_columns(
        *(pl.when(same).then(one * col(many)).alias(f"{prefix}_{name}") for prefix, many in _OVER),
        *(pl.when(same).then(one).alias(f"{prefix}_{name}_last") for prefix, _ in _OVER),
    )
    differing = _differing(gathered, name)
    if differing.is_empty():
        return worked
    sums = differing.group_by("line", maintain_order=True).agg(
        expression for prefix, _ in _OVER for expression in _sum_and_last(name, prefix)
    )
    found = worked.join(sums, on="line", how="left", maintain_order="left", suffix="_apart")
    columns = [each for each in sums.columns if each != "line"]
    return found.with_columns(pl.coalesce(each, f"{each}_apart").alias(each) for each in columns)


def _sum_and_last(name: str, prefix: str) -> tuple[pl.Expr, pl.Expr]:
    """Null where a period has no such level."""
    of = col(name).filter(col("value").is_not_null() & col("over")) if prefix == "c" else col(name)
    whole = of.null_count() == 0
    return (
        pl.when(whole).then(of.cast(_WIDE).sum()).alias(f"{prefix}_{name}"),
        pl.when(whole).then(of.last().cast(_WIDE)).alias(f"{prefix}_{name}_last"),
    )


def _differing(gathered: Gathered, name: str) -> pl.DataFrame:
    """The periods of the lines whose levels are neither all the same nor all empty."""
    lines = gathered.frame.filter(~col(f"{name}_same") & ~col(f"{name}_none")).select("line")
    return gathered.dues.join(lines, on="line", how="semi", maintain_order="left") if lines.height else lines


def phase_totals(lines: pl.DataFrame, phases: pl.DataFrame) -> pl.DataFrame:
    """`phases` (`phase`, `missing`) with `score`, their totals; null where one is missing or weights are not whole."""
    items = lines.select(card="phase", weight=_exact("weight"), score=col("score").cast(pl.String))
    found = score_totals(items, phases.select(card="phase", missing="missing"))
    return phases.join(found.select(phase="card", score="score"), on="phase", how="left", maintain_order="left")


def frozen(lines: pl.DataFrame, gathered: Gathered) -> pl.Series:
    """The frozen text of each of `lines`, in their order."""
    rows = lines.join(_columns(gathered), on="line", how="left", maintain_order="left")
    rows = rows.join(_as_json(lines, "method", json.dumps), on="method", how="left", maintain_order="left")
    rows = rows.join(_as_json(lines, "params", _canonical), on="params", how="left", maintain_order="left")
    number = {name: col(name).cast(pl.String) for name in ("kpi", "metric", "series", "weight", "decimals")}
    truth = {name: pl.when(name).then(lit("true")).otherwise(lit("false")) for name in ("down", "percent")}
    array = {name: col(f"_{name}").fill_null("[]") for name in _COLUMNS}
    written = {
        **number,
        **truth,
        **array,
        "aggregation": pl.concat_str(lit('"'), "aggregation", lit('"')),
        "method": col("method_json"),
        "params": col("params_json"),
        "v": lit(str(VERSION)),
    }
    parts: list[pl.Expr] = []
    for name in sorted(written):
        parts += [lit(("," if parts else "{") + f'"{name}":'), written[name]]
    return rows.select(text=pl.concat_str(*parts, lit("}")))["text"]


def results(lines: pl.DataFrame) -> pl.Series:
    """What each of `lines` came to, as `freezing.freeze_results` writes it."""
    score = (col("score").cast(pl.Decimal(38, 2)).to_physical() * 10_000).alias("score")
    numbers = [number.cast(pl.String).fill_null("null") for number in (col("actual"), col("target"), score)]
    return lines.select(text=pl.concat_str(lit("["), pl.concat_str(numbers, separator=","), lit("]")))["text"]


def _columns(gathered: Gathered) -> pl.DataFrame:
    """The columns of each line as JSON: see `freezing`, which says when a column is a single number."""
    found = gathered.frame.with_columns(pl.when("_is_whole").then(col("_first").cast(pl.String)).alias("_period"))
    gaps = found.filter(~col("_is_whole")).select("line")
    found = _with_lists(found, gathered.dues.join(gaps, on="line", how="semi", maintain_order="left"), "period")
    for name in (*_LEVELS, *_PARTS):
        if f"{name}_one" not in found.columns:
            found = found.with_columns(lit("null").alias(f"_{name}"))
            continue
        single = pl.when(f"{name}_none").then(lit("null")).when(f"{name}_same").then(col(f"{name}_one").cast(pl.String))
        found = _with_lists(found.with_columns(single.alias(f"_{name}")), _differing(gathered, name), name)
    return found.select("line", *(f"_{name}" for name in _COLUMNS))


def _with_lists(found: pl.DataFrame, differing: pl.DataFrame, name: str) -> pl.DataFrame:
    """`found` with a list for the lines whose periods are `differing`."""
    if differing.is_empty():
        return found
    lists = differing.group_by("line", maintain_order=True).agg(col(name).alias("_list"))
    filled = found.join(lists, on="line", how="left", maintain_order="left")
    return filled.with_columns(col(f"_{name}").fill_null(_list("_list"))).drop("_list")


def _list(name: str) -> pl.Expr:
    """A list of numbers as JSON. Nulls are written only where there are any: few lines have gaps."""
    texts = col(name).cast(pl.List(pl.String))
    whole = texts.list.join(",", ignore_nulls=False)
    with_gaps = texts.list.eval(pl.element().fill_null("null")).list.join(",")
    return pl.concat_str(lit("["), pl.coalesce(whole, with_gaps), lit("]"))


def _wide(where: pl.Expr, name: str) -> pl.Expr:
    return col(name).filter(where).cast(_WIDE).sum()


def _is_summed() -> pl.Expr:
    return (col("aggregation") == "sum") & ~col("method").is_in(list(PER_PERIOD))


def _owes_all(is_final: bool) -> pl.Expr:
    """Whether a line is measured against every period: see `actuals._measured_against`."""
    return (col("aggregation") == "sum") & ~col("down") & lit(is_final)


def _actual(is_final: bool) -> pl.Expr:
    many = pl.when(_owes_all(is_final)).then(col("all")).otherwise(col("counted"))
    has_parts = (col("aggregation") == "ratio") & (col("parted") == col("counted")) & (col("below") != 0)
    scale = pl.when("percent").then(lit(100)).otherwise(lit(1)).cast(_WIDE) * 10**FINEST
    return (
        pl.when(col("counted") == 0)
        .then(None)
        .when(col("aggregation") == "last")
        .then(col("newest").cast(_WIDE))
        .when(_is_summed())
        .then(col("values"))
        .when(has_parts)
        .then(_quotient(col("above") * scale, col("below")))
        .otherwise(_quotient(col("values"), many.cast(_WIDE)))
    ).cast(pl.Int64, strict=False)


def _level(name: str, is_final: bool) -> pl.Expr:
    """A level over the periods that are measured: see `actuals.level`."""

    def of(prefix: str, many: str) -> pl.Expr:
        total = col(f"{prefix}_{name}")
        return (
            pl.when(col(many) == 0)
            .then(None)
            .when(col("aggregation") == "last")
            .then(col(f"{prefix}_{name}_last"))
            .when(_is_summed())
            .then(total)
            .otherwise(_quotient(total, col(many).cast(_WIDE)))
        )

    owes_all = (col("counted") == 0) | _owes_all(is_final)
    found = pl.when(owes_all).then(of("a", "all")).otherwise(of("c", "counted"))
    return found.cast(pl.Int64, strict=False).alias(name)


def _quotient(over: pl.Expr, under: pl.Expr) -> pl.Expr:
    """over ÷ under, half-up, to two decimals more than the metric has and at most six: see `actuals.quotient`."""
    kept = pl.min_horizontal(col("decimals") + 2, lit(FINEST))
    step = kept.replace_strict(
        list(range(2, FINEST + 1)), [10 ** (FINEST - each) for each in range(2, FINEST + 1)], return_dtype=pl.Int64
    ).cast(_WIDE)
    # A ratio of nothing is asked for by no line, but columns are worked out for all.
    size = under.abs() * step
    whole = pl.when(size != 0).then((2 * over.abs() + size) // (2 * size))
    return whole * step * over.sign() * under.sign()


def _scored(lines: pl.DataFrame) -> pl.DataFrame:
    there = lines.filter(col("actual").is_not_null())
    parts = [_score_method(str(method), part) for (method,), part in there.partition_by("method", as_dict=True).items()]
    scores = pl.concat([pl.DataFrame(schema={"line": pl.Int64, "score": pl.Decimal(38, 2)}), *parts])
    return lines.join(scores, on="line", how="left", maintain_order="left")


def _score_method(method: str, part: pl.DataFrame) -> pl.DataFrame:
    """Score the lines of one method, whose parameters are their own and the levels that it knows."""
    known = names_of(method)
    rules = _rules(part["params"].unique().to_list())
    own = set(rules.columns) - {"params"}
    joined = part.select("line", "params", "down", actual=_exact("actual"), **{name: _exact(name) for name in _LEVELS})
    levels = {name: col(name) for name in _LEVELS if name in known}
    if "direction" in known:
        levels["direction"] = pl.when("down").then(lit("down")).otherwise(lit("up"))
    given = joined.select("line", "params", "actual", **levels).join(rules, on="params", how="left", suffix="_own")
    both = [pl.coalesce(col(name).cast(pl.String), f"{name}_own").alias(name) for name in levels if name in own]
    given = given.with_columns(lit(method).alias("method"), *both)
    given = given.drop("params", *(f"{name}_own" for name in levels if name in own))
    return score_items(given, keys=["line"]).select("line", col("score").cast(pl.Decimal(38, 2)))


def _rules(texts: Sequence[str]) -> pl.DataFrame:
    """The distinct parameters, each under its own name and as text; bands as the second engine takes them."""
    read = [{name: _plain(value) for name, value in json.loads(text).items()} for text in texts]
    names = {name: _BANDS if isinstance(value, list) else pl.String() for row in read for name, value in row.items()}
    columns = {"params": pl.Series(texts, dtype=pl.String)}
    columns |= {name: pl.Series([row.get(name) for row in read], dtype=dtype) for name, dtype in names.items()}
    return pl.DataFrame(columns)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [{name: str(number) for name, number in row.items()} for row in value]
    return value if value is None else str(value)


def _exact(name: str) -> pl.Expr:
    """Millionths as decimals."""
    return (col(name).cast(pl.Decimal(38, 0)) * _MICRO).cast(pl.Decimal(38, FINEST))


def _as_json(lines: pl.DataFrame, name: str, write: object) -> pl.DataFrame:
    distinct = lines[name].unique().to_list()
    texts = [write(value) for value in distinct]  # type: ignore[operator]
    return pl.DataFrame({name: distinct, f"{name}_json": texts}, schema={name: pl.String, f"{name}_json": pl.String})


def _canonical(params: str) -> str:
    given: Mapping[str, object] = json.loads(params)
    return as_text(given)
