"""Which period it is. A file has few different ones, so each is read once."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext_noop as _

from accord.domain.periods import Frequency, Period, PeriodError, PeriodTooFar
from accord.foundation.imports import Remark
from accord.metrics.queries.retention import stored_among
from accord.metrics.services.measurement_import.refusing import refuse

_READ = {"text": pl.String, "frequency": pl.Int64, "key": pl.Int32, "fault": pl.String}
_YEARS = range(1990, 2100)

_SENTENCES = {
    "period_missing": _("The row names no period."),
    "period_unreadable": _("“%(text)s” is not a period like 2026-W41, 2026-10, 2026-Q4 or 2026-10-05."),
    "period_impossible": _("The period “%(text)s” does not exist."),
    "period_far": _("The period “%(text)s” lies before 1990 or after 2099."),
    "period_stored_away": _("The values of “%(text)s” have left the database; an administrator can bring them back."),
    "period_not_daily": _("“%(metric)s” has one value a day; “%(text)s” is longer than a day."),
    "period_not_weekly": _("“%(metric)s” has one value a week, such as 2026-W41; “%(text)s” is not a week."),
    "period_not_monthly": _("“%(metric)s” has one value a month, such as 2026-10; “%(text)s” is not a month."),
    "period_not_quarterly": _("“%(metric)s” has one value a quarter, such as 2026-Q4; “%(text)s” is not a quarter."),
}
_NOT = {
    Frequency.DAY: "period_not_daily",
    Frequency.WEEK: "period_not_weekly",
    Frequency.MONTH: "period_not_monthly",
    Frequency.QUARTER: "period_not_quarterly",
}


def with_periods(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """`rows`, which have the `frequency` of their metric, with `key`, the key of the period, null where it is refused.

    A row without a metric gets no key and no remark: nobody knows which periods it may name.
    """
    rows = rows.with_columns(pl.col("period").fill_null("").alias("text"))
    pairs = rows.select("text", "frequency").unique().drop_nulls("frequency")
    read = pl.DataFrame(
        [(text, frequency, *_read(text, Frequency(frequency))) for text, frequency in pairs.iter_rows()],
        schema=_READ,
        orient="row",
    )
    rows = rows.join(read, on=["text", "frequency"], how="left", maintain_order="left")
    stored = stored_among(read["key"].drop_nulls().unique().to_list())
    if stored:
        away = pl.col("key").is_in(list(stored))
        rows = rows.with_columns(
            fault=pl.when(away).then(pl.lit("period_stored_away")).otherwise(pl.col("fault")),
            key=pl.when(~away).then(pl.col("key")),
        )
    faulty = rows.filter(pl.col("fault").is_not_null())
    remarks = [
        remark
        for fault in faulty["fault"].unique().sort()
        for remark in refuse(
            faulty.filter(pl.col("fault") == fault), "period", fault, _SENTENCES[fault], text="text", metric="metric"
        )
    ]
    return rows.drop("text", "fault"), remarks


def _read(text: str, frequency: Frequency) -> tuple[int | None, str | None]:
    """The key of the period, or why there is none."""
    if not text:
        return None, "period_missing"
    try:
        period = Period.parse(text, frequency)
    except PeriodTooFar:
        return None, "period_far"
    except PeriodError as error:
        return None, "period_impossible" if error.__cause__ else _fault(text, frequency)
    return (period.key, None) if period.start.year in _YEARS else (None, "period_far")


def _fault(text: str, frequency: Frequency) -> str:
    try:
        Period.parse(text)
    except PeriodError:
        return "period_unreadable"
    return _NOT[frequency]
