"""From what rows gave to the values of whole groups: one subject in one period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

import polars as pl

from accord.domain.numbers import DECIMALS
from accord.domain.periods import Period
from accord.domain.row_mapping import Aggregate, Counted, Rule, Span, aggregate
from accord.metrics.models import MappedRow, Measurement, Metric
from accord.metrics.services.frames import among, read_frame
from accord.metrics.services.ingest import VALUES
from accord.metrics.services.sync.rules import Mapped, factor_of
from accord.metrics.services.withdrawing import GONE

_AS_GIVEN = frozenset({Aggregate.COUNT, Aggregate.SUM, Aggregate.MIN, Aggregate.MAX, Aggregate.LAST})
Group = tuple[int, int]
"""A subject and the key of a period."""

_GIVEN = {"subject": pl.Int64, "period": pl.Int32, "at": pl.Int64, "value": pl.Int64, "weight": pl.Int64}


@dataclass
class Totals:
    """The values of some groups in whole millionths; groups without a value; and those whose value is too large."""

    values: dict[Group, int] = field(default_factory=dict)
    gone: list[Group] = field(default_factory=list)
    too_large: list[Group] = field(default_factory=list)

    def frame(self, metric: Metric) -> pl.DataFrame:
        """The values as `ingest` takes them."""
        lines = ((Measurement.FROM_ROWS, metric.pk, *group, value) for group, value in sorted(self.values.items()))
        return pl.DataFrame(lines, schema=VALUES, orient="row")

    def gone_frame(self, metric: Metric) -> pl.DataFrame:
        """The groups without a value as `ingest` takes them."""
        lines = ((metric.pk, *group) for group in sorted([*self.gone, *self.too_large]))
        return pl.DataFrame(lines, schema=GONE, orient="row")


def totals_of(mapped: Mapped, groups: Collection[Group]) -> Totals:
    """Work out `groups` of a mapping from all rows that count for them, old and new."""
    rows: dict[Group, list[Counted]] = defaultdict(list)
    wanted = {group for group in groups if group[0] != MappedRow.NOBODY}
    for subject, period, *given in _given(mapped.mapping.pk, wanted).iter_rows():
        if (subject, period) in wanted:
            rows[subject, period].append(Counted(*given))
    return totals(mapped.rule, mapped.mapping.metric, {group: rows.get(group, []) for group in wanted})


def totals(rule: Rule, metric: Metric, rows: dict[Group, list[Counted]]) -> Totals:
    """Work out groups from their rows.

    What was divided, or measured between two times, is kept with the decimals of its metric: the value of record is the
    one that people read. What the source itself says keeps every digit.
    """
    found, factor = Totals(), factor_of(rule, metric)
    decimals = DECIMALS if rule.aggregate in _AS_GIVEN and not isinstance(rule.value, Span) else metric.decimals
    for group, given in rows.items():
        try:
            value = aggregate(rule.aggregate, given, rule.percentile, factor, decimals)
        except OverflowError:
            found.too_large.append(group)
            continue
        if value is None:
            found.gone.append(group)
        else:
            found.values[group] = value
    return found


def period_label(group: Group) -> str:
    """The period of a group in words."""
    return Period(group[1]).label


def _given(mapping: int, groups: Collection[Group]) -> pl.DataFrame:
    subject, subjects = among("subject", {group[0] for group in groups})
    period, periods = among("period", {group[1] for group in groups})
    return read_frame(
        "SELECT subject, period, at, coalesce(value, 0) AS value, coalesce(weight, 0) AS weight"  # noqa: S608
        f" FROM mapped_rows WHERE mapping_id = %s AND {subject} AND {period}",
        _GIVEN,
        [mapping, *subjects, *periods],
    )
