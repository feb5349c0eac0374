"""The inputs of very many scorecards as frames: what `queries.scorecard_inputs` reads person by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from polars import col

from accord.domain.periods import Frequency, Period
from accord.domain.scorecard import Terms, lay_phases
from accord.domain.scorecard.columnar import DUES, LINES
from accord.domain.scoring.methods.weighted_total import Missing
from accord.goals.models import Cycle
from accord.goals.queries.kpis import IMPORTED, days_of, employed, imported, terms_of
from accord.goals.queries.scorecard_inputs import missing_of, periods_within
from accord.metrics.models import Metric
from accord.metrics.services.frames import read_frame
from accord.metrics.services.packing import packed
from accord.people.models import Employee

# No number of record: frames are read without nulls.
_NONE = -(2**63) + 1

PHASES = {
    "phase": pl.Int64,
    "card": pl.Int64,
    "terms": pl.Int64,
    "missing": pl.String,
    "first": pl.Date,
    "last": pl.Date,
}
_KPIS = {
    "kpi": pl.Int64,
    "series": pl.Int64,
    "metric": pl.Int64,
    "card": pl.Int64,
    "weight": pl.Int64,
    "terms": pl.Int64,
    "method": pl.String,
    "params": pl.String,
}
_TARGETS = {
    "kpi": pl.Int64,
    "since": pl.Int64,
    "until": pl.Int64,
    "target": pl.Int64,
    "threshold": pl.Int64,
    "stretch": pl.Int64,
}
_VALUES = {"period": pl.Int64, "series": pl.Int64, "value": pl.Int64}
_SERIES = {"series": pl.Int64, "metric": pl.Int64, "card": pl.Int64}

_OF_CYCLE = "FROM kpis k JOIN series s ON s.id = k.series_id"
_WHERE = "WHERE k.cycle_id = %s AND s.employee_id BETWEEN %s AND %s"
_SELECT_KPIS = f"""
    SELECT k.id AS kpi, s.id AS series, s.metric_id AS metric, s.employee_id AS card, k.weight AS weight,
           coalesce(l.terms_id, {IMPORTED}) AS terms, k.method AS method, cast(k.params AS text) AS params
    {_OF_CYCLE} LEFT JOIN agreement_lines l ON l.id = k.line_id {_WHERE}
"""
_SELECT_TARGETS = f"""
    SELECT t.kpi_id AS kpi, t.from_period AS since, t.to_period AS until, t.target AS target,
           coalesce(t.threshold, {_NONE}) AS threshold, coalesce(t.stretch, {_NONE}) AS stretch
    {_OF_CYCLE} JOIN kpi_targets t ON t.kpi_id = k.id {_WHERE}
"""
_SELECT_SERIES = """
    SELECT id AS series, metric_id AS metric, employee_id AS card FROM series
    WHERE employee_id BETWEEN %s AND %s AND metric_id IN ({metrics})
"""
_SELECT_VALUES = """
    SELECT m.period AS period, m.series_id AS series, m.value AS value
    FROM series s JOIN measurements m ON m.series_id = s.id AND m.period IN ({periods})
    WHERE s.employee_id BETWEEN %s AND %s AND s.metric_id IN ({metrics})
"""


@dataclass(frozen=True)
class Inputs:
    """The frames of some people; `phases` has a row for each phase of each person (`card` is their key)."""

    phases: pl.DataFrame
    lines: pl.DataFrame
    dues: pl.DataFrame


def inputs_of(cycle: Cycle, people: Sequence[Employee], on: date, is_final: bool) -> Inputs:
    """The inputs of `people`, who are all employees between the first and the last of their keys that have KPIs."""
    reach = (people[0].pk, people[-1].pk)
    kpis = read_frame(_SELECT_KPIS, _KPIS, [cycle.pk, *reach])
    phases = _phases(cycle, people, kpis)
    metrics = {metric.pk: metric for metric in Metric.objects.all()}
    lines = _lines(kpis, phases, metrics)
    dues = _dues(lines, cycle, reach, metrics, on, is_final)
    return Inputs(phases.drop("terms"), lines.select(*LINES), dues)


def _phases(cycle: Cycle, people: Iterable[Employee], kpis: pl.DataFrame) -> pl.DataFrame:
    signed: defaultdict[int, list[Terms]] = defaultdict(list)
    missing: dict[int, str] = {}
    by_person = {person.pk: person for person in people}
    for terms in terms_of(list(by_person), cycle):
        signed[terms.agreement.employee_id].append(days_of(terms))
        missing[terms.pk] = str(missing_of(terms))
    with_file = set(kpis.filter(col("terms") == IMPORTED)["card"].to_list())
    rows: list[tuple[int, int, int, str, date, date]] = []
    for key, person in by_person.items():
        held = [*([imported(cycle)] if key in with_file else []), *signed[key]]
        for days in lay_phases(held, *employed(person, cycle)):
            policy = missing.get(days.key, str(Missing.BLOCK))
            rows.append((len(rows), key, days.key, policy, days.first, days.last))
    return pl.DataFrame(rows, schema=PHASES, orient="row")


def _lines(kpis: pl.DataFrame, phases: pl.DataFrame, metrics: dict[int, Metric]) -> pl.DataFrame:
    """A row for each KPI in each phase in which it holds, heaviest first, with its first and last period."""
    rows = [
        (one.pk, one.frequency, one.aggregation, one.direction == Metric.Direction.DOWN, one.decimals, one.is_percent)
        for one in metrics.values()
    ]
    names = {"metric": pl.Int64, "frequency": pl.Int64}
    about = pl.DataFrame(
        rows,
        schema={**names, **{name: LINES[name] for name in ("aggregation", "down", "decimals", "percent")}},
        orient="row",
    )
    joined = (
        kpis.join(phases, on=["card", "terms"])
        .join(about, on="metric")
        .sort("phase", -col("weight"), "kpi")
        .with_row_index("line")
        .with_columns(col("line").cast(pl.Int64))
    )
    return joined.join(_reaches(joined), on=["frequency", "first", "last"], how="left", maintain_order="left")


def _reaches(lines: pl.DataFrame) -> pl.DataFrame:
    distinct = lines.select("frequency", "first", "last").unique()
    spans = [periods_within(Frequency(each), first, last) for each, first, last in distinct.iter_rows()]
    return distinct.with_columns(
        begin=pl.Series([span.start for span in spans], dtype=pl.Int64),
        end=pl.Series([span.stop - 1 for span in spans], dtype=pl.Int64),
    )


def _dues(
    lines: pl.DataFrame, cycle: Cycle, reach: tuple[int, int], metrics: dict[int, Metric], on: date, is_final: bool
) -> pl.DataFrame:
    targets = read_frame(_SELECT_TARGETS, _TARGETS, [cycle.pk, *reach])
    counted = {metrics[key] for key in lines["metric"].unique().to_list()}
    parts = {part for one in counted if one.is_ratio for part in (one.numerator_id, one.denominator_id) if part}
    frequencies = {Frequency(one.frequency) for one in counted}
    periods = [key for each in frequencies for key in periods_within(each, cycle.starts_on, cycle.ends_on)]
    values = _values(periods, {*(one.pk for one in counted), *parts}, reach)
    due = _spread(lines, targets)
    due = due.join(values.select("key", "value"), on="key", how="left", maintain_order="left")
    due = _with_parts(due, lines, values, {one.pk: one for one in counted if one.is_ratio}, reach)
    over = {key: is_final or Period(key).end < on for key in periods}
    return due.with_columns(over=col("period").replace_strict(over, default=is_final, return_dtype=pl.Boolean)).select(
        *DUES
    )


def _spread(lines: pl.DataFrame, targets: pl.DataFrame) -> pl.DataFrame:
    """A row for each period of each line, with what was due in it."""
    levels = [pl.when(col(name) != _NONE).then(col(name)).alias(name) for name in ("threshold", "stretch")]
    return (
        lines.select("line", "kpi", "series", "begin", "end")
        .join(targets, on="kpi", maintain_order="left")
        .with_columns(
            pl.max_horizontal("begin", "since").alias("begin"), pl.min_horizontal("end", "until").alias("end")
        )
        .filter(col("begin") <= col("end"))
        .sort("line", "begin")
        .with_columns(*levels, period=pl.int_ranges("begin", col("end") + 1))
        .select("line", "series", "period", "target", "threshold", "stretch")
        .explode("period")
        .with_columns(key=packed("period", "series"))
    )


def _values(periods: Sequence[int], metrics: Iterable[int], reach: tuple[int, int]) -> pl.DataFrame:
    chosen = list(metrics)
    if not periods or not chosen:
        return pl.DataFrame(schema={**_VALUES, "key": pl.Int64})
    sql = _SELECT_VALUES.format(periods=_places(periods), metrics=_places(chosen))
    return read_frame(sql, _VALUES, [*periods, *reach, *chosen]).with_columns(key=packed("period", "series"))


def _with_parts(
    due: pl.DataFrame, lines: pl.DataFrame, values: pl.DataFrame, ratios: dict[int, Metric], reach: tuple[int, int]
) -> pl.DataFrame:
    """`due` with the values of numerator and denominator, where both have one; only lines of ratios have parts."""
    nothing = pl.lit(None, dtype=pl.Int64)
    if not ratios:
        return due.with_columns(numerator=nothing, denominator=nothing)
    wanted = lines.filter(col("metric").is_in(list(ratios))).select("line", "card", "metric")
    metrics = {part for one in ratios.values() for part in (one.numerator_id, one.denominator_id) if part}
    sql = _SELECT_SERIES.format(metrics=_places(list(metrics)))
    series = read_frame(sql, _SERIES, [*reach, *metrics])
    for name in ("numerator", "denominator"):
        part = {key: getattr(one, f"{name}_id") or 0 for key, one in ratios.items()}
        of_part = wanted.with_columns(part=col("metric").replace_strict(part, return_dtype=pl.Int64)).join(
            series.select("card", part="metric", part_series="series"), on=["card", "part"]
        )
        due = due.join(of_part.select("line", "part_series"), on="line", how="left", maintain_order="left")
        due = due.with_columns(part_key=packed("period", "part_series")).join(
            values.select(part_key="key", **{name: "value"}), on="part_key", how="left", maintain_order="left"
        )
        due = due.drop("part_series", "part_key")
    both = col("numerator").is_not_null() & col("denominator").is_not_null()
    return due.with_columns(pl.when(both).then(col(name)).alias(name) for name in ("numerator", "denominator"))


def _places(keys: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(keys))
