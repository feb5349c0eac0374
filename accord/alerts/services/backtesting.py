"""Trying the rules on the stored history of a metric, all its series at once, and keeping what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from accord.alerts.models import Backtest, Light, Rule
from accord.alerts.queries.periods import calendars
from accord.domain.backtest import GOOD, MISSED, NOT_JUDGED, SHOWN, Past, Trial, try_falling, try_two_misses
from accord.domain.trend import WINDOW
from accord.metrics.models import Metric, Series

TRIALS = {Rule.TWO_MISSES: try_two_misses, Rule.FALLING: try_falling}
EXAMPLES = 40

_SUBJECTS = """
    SELECT s.id, e.manager_id FROM series s
    LEFT JOIN org_units u ON u.id = s.org_unit_id
    LEFT JOIN employees e ON e.id = COALESCE(s.employee_id, u.head_id)
    WHERE s.metric_id = %s ORDER BY s.id
"""
_PERIOD = """
    SELECT m.series_id, m.value, COALESCE(CAST(k.missed AS integer), -1), COALESCE(k.light, 0)
    FROM measurements m
    JOIN series s ON s.id = m.series_id AND s.metric_id = %s
    LEFT JOIN kpi_statuses k ON k.period = m.period AND k.series_id = m.series_id
    WHERE m.period = %s
"""


def try_all() -> int:
    """Try every rule on every metric that anybody has; return how many metrics had a history."""
    in_use = Metric.objects.filter(pk__in=Series.objects.values("metric")).order_by("pk")
    return sum(bool(try_rules(metric)) for metric in in_use)


def try_rules(metric: Metric) -> Sequence[Backtest]:
    """Try every rule on a metric and keep the results in place of the last ones; none where nothing is known yet."""
    periods = _periods(metric)
    managers = dict(_rows(_SUBJECTS, metric.pk))
    series = np.array(sorted(managers), dtype=np.int64)
    past = _past(metric, periods, series)
    known = np.isfinite(past.values[:, -SHOWN:]).any(axis=1)
    kept = [
        _kept(rule, metric, trial(past), periods, series, _managers(managers, [int(one) for one in series[known]]))
        for rule, trial in TRIALS.items()
        if known.any()
    ]
    with transaction.atomic():
        Backtest.objects.filter(metric=metric).delete()
        return Backtest.objects.bulk_create(kept)


def _periods(metric: Metric) -> range:
    """The periods up to the newest one judged in full: those that are tried, and as many before as a fall rests on."""
    found = list(calendars([metric.frequency * 1_000_000]))
    newest = found[0].periods[-1] if found else metric.frequency * 1_000_000 + WINDOW + SHOWN
    return range(newest - WINDOW - SHOWN + 1, newest + 1)


def _past(metric: Metric, periods: range, series: np.ndarray[Any, np.dtype[np.int64]]) -> Past:
    shape = (len(series), len(periods))
    values, red = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    judged = np.full(shape, NOT_JUDGED, dtype=np.int8)
    for column, period in enumerate(periods):
        rows = np.array(_rows(_PERIOD, metric.pk, period), dtype=np.int64).reshape(-1, 4)
        place = np.searchsorted(series, rows[:, 0])
        values[place, column] = rows[:, 1]
        judged[place, column] = np.where(rows[:, 2] == 1, MISSED, np.where(rows[:, 2] == 0, GOOD, NOT_JUDGED))
        red[place, column] = rows[:, 3] == Light.RED
    return Past(values, judged, red, metric.direction == Metric.Direction.DOWN)


def _kept(
    rule: Rule,
    metric: Metric,
    trial: Trial,
    periods: range,
    series: np.ndarray[Any, np.dtype[np.int64]],
    managed: tuple[int, int],
) -> Backtest:
    newest_first = sorted(trial.raised, key=lambda cell: (-cell[1], cell[0]))
    return Backtest(
        rule=rule,
        metric=metric,
        until=periods[-1],
        counts=trial.counts,
        series=managed[0],
        managers=managed[1],
        judged=trial.judged,
        missed=trial.missed,
        settled=trial.settled,
        recovered=trial.recovered,
        reds=trial.reds,
        lead=None if trial.lead is None else Decimal(str(trial.lead)),
        examples=[[int(series[row]), periods[column]] for row, column in newest_first[:EXAMPLES]],
        tried_at=timezone.now(),
    )


def _managers(managers: Mapping[int, int | None], known: Sequence[int]) -> tuple[int, int]:
    """How many series have values, and how many line managers they have between them."""
    return len(known), len({managers[one] for one in known} - {None})


def _rows(sql: str, *params: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
