"""Settling alerts: after periods were judged, alerts are made to agree with the two-misses rule.

The rule is `domain.alert_rules`; falling trends have a module of their own. A series agrees with the rule if in every
judged period four things hold: a second miss lies in an alert, a second good period does not, an alert begins at a
second miss, and clears at a second good period. SQL finds the series where one of them fails around the periods that
were judged; only their histories are folded. The common case, the newest period, needs no fold: a second miss raises
there, and a second good period clears.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from accord.alerts.models import Alert, KpiStatus, Rule
from accord.alerts.queries.periods import Calendar
from accord.alerts.queries.switches import Reach, reach_of
from accord.alerts.services.evidence import MissEvidence
from accord.alerts.services.sql import Statement, chunks
from accord.alerts.services.writing import AlertChanges, write_changes
from accord.domain.alert_rules import Standing, State, reconcile, turning_points
from accord.metrics.models import Series

RULE = Rule.TWO_MISSES

# The second of two consecutive periods judged the same, of the series of an alert `x`.
_SECOND_OF_ITS_OWN = """
    SELECT 1 FROM kpi_statuses a
    JOIN kpi_statuses b ON b.period = a.period - 1 AND b.series_id = a.series_id
    WHERE a.series_id = x.series_id AND a.period = <period> AND <kind>
"""
_MISSES = "a.missed AND b.missed"
_GOODS = "NOT a.missed AND NOT b.missed"

_MISS_OUTSIDE = """
    SELECT a.series_id FROM kpi_statuses a
    JOIN kpi_statuses b ON b.period = a.period - 1 AND b.series_id = a.series_id AND b.missed
    WHERE a.period = %s AND a.missed AND NOT EXISTS (
        SELECT 1 FROM alerts x
        WHERE x.series_id = a.series_id AND x.rule = 'two_misses' AND x.state <> 'withdrawn' AND x.period <= a.period
          AND (x.closed_period IS NULL OR x.closed_period > a.period))<but>
"""
_GOOD_INSIDE = """
    SELECT x.series_id FROM alerts x
    WHERE x.rule = 'two_misses' AND x.state <> 'withdrawn' AND x.period < %s
      AND (x.closed_period IS NULL OR x.closed_period > %s) AND EXISTS (<second>)
"""
_BEGINS_ELSEWHERE = """
    SELECT x.series_id FROM alerts x
    WHERE x.period = %s AND x.rule = 'two_misses' AND x.state <> 'withdrawn' AND NOT EXISTS (<second>)
"""
_CLEARS_ELSEWHERE = """
    SELECT x.series_id FROM alerts x
    WHERE x.closed_period = %s AND x.rule = 'two_misses' AND x.state = 'cleared' AND NOT EXISTS (<second>)
"""

_RAISE = """
    INSERT INTO alerts
        (rule, series_id, kpi_id, period, value, target, earlier_value, earlier_target, state, reason, is_watched,
         raised_at)
    SELECT 'two_misses', a.series_id, a.kpi_id, a.period, a.value, a.target, b.value, b.target, 'open', '', <false>, %s
    FROM kpi_statuses a
    JOIN kpi_statuses b ON b.period = a.period - 1 AND b.series_id = a.series_id AND b.missed
    WHERE a.period = %s AND a.missed
      AND NOT EXISTS (
        SELECT 1 FROM alerts o WHERE o.series_id = a.series_id AND o.rule = 'two_misses' AND o.state = 'open')<but>
    ON CONFLICT (series_id, rule, period) DO UPDATE
    SET kpi_id = excluded.kpi_id, value = excluded.value, target = excluded.target,
        earlier_value = excluded.earlier_value, earlier_target = excluded.earlier_target, state = 'open', reason = '',
        reason_before = NULL, reason_after = NULL, closed_period = NULL, closed_at = NULL,
        raised_at = excluded.raised_at, is_watched = excluded.is_watched, told_on = NULL, talked_at = NULL
    WHERE alerts.state = 'withdrawn'
    RETURNING id
"""

_CLEAR = """
    UPDATE alerts SET state = 'cleared', closed_period = %s, closed_at = %s
    WHERE state = 'open' AND rule = 'two_misses' AND period < %s AND EXISTS (
        SELECT 1 FROM kpi_statuses a
        JOIN kpi_statuses b ON b.period = a.period - 1 AND b.series_id = a.series_id AND NOT b.missed
        WHERE a.period = %s AND a.series_id = alerts.series_id AND NOT a.missed)
    RETURNING id
"""

# Whose metrics the rule does not watch; the parameters are the metrics.
_BUT = " AND a.series_id NOT IN (SELECT id FROM series WHERE metric_id IN (<metrics>))"


def settle(calendar: Calendar, judged: Collection[int]) -> AlertChanges:
    """Make the alerts agree with the rule after the periods `judged` were judged. Runs in the caller's transaction."""
    changes = AlertChanges()
    newest, reach = calendar.periods[-1], reach_of(RULE)
    touched = calendar.around(judged)
    for chunk in chunks(_doubtful(touched, newest, reach)):
        changes += _fold(calendar, chunk, reach)
    # Beside a period that still runs nothing is a second one, not even of a future period whose values came early.
    if newest in touched and newest - 1 in calendar.periods:
        changes += _go_on(newest, reach)
    return changes


def _doubtful(touched: Sequence[int], newest: int, reach: Reach) -> Iterator[int]:
    """The series that do not agree with the rule somewhere in `touched`, but for what is simply new in the newest."""
    found: set[int] = set()
    for period in touched:
        found |= _series(_second(_BEGINS_ELSEWHERE, "x.period", _MISSES), period)
        found |= _series(_second(_CLEARS_ELSEWHERE, "x.closed_period", _GOODS), period)
        if period != newest:
            out = reach.left_out(period)
            found |= _series(_but(_MISS_OUTSIDE, out), period, *out)
            found |= _series(_second(_GOOD_INSIDE, "%s", _GOODS), period, period, period)
    return iter(sorted(found))


def _second(sql: str, period: str, kind: str) -> Statement:
    return Statement(sql.replace("<second>", _SECOND_OF_ITS_OWN.replace("<period>", period).replace("<kind>", kind)))


def _but(sql: str, metrics: Sequence[int]) -> Statement:
    places = ", ".join(["%s"] * len(metrics))
    return Statement(sql.replace("<but>", _BUT.replace("<metrics>", places) if metrics else ""))


def _series(statement: Statement, *params: object) -> set[int]:
    return {series_id for (series_id,) in statement.rows(*params)}


def _fold(calendar: Calendar, series: Sequence[int], reach: Reach) -> AlertChanges:
    """Fold the whole histories of some series and write where their alerts differ."""
    history: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    statuses = KpiStatus.objects.filter(period__in=calendar.periods, series_id__in=series)
    for series_id, period, missed in statuses.values_list("series_id", "period", "missed"):
        history[series_id].append((period, missed))
    first = _first_periods(series, reach)
    standing = standing_of(RULE, series)
    wanted = {}
    for one in series:
        since = first.get(one, 0)
        marks = [mark for mark in turning_points(history[one]) if mark[0] >= since]
        wanted[one] = reconcile(marks, [alert for alert in standing[one] if alert.period >= since])
    wanted = {one: alerts for one, alerts in wanted.items() if alerts}
    return write_changes(RULE, wanted, MissEvidence.of(wanted))


def standing_of(rule: Rule, series: Sequence[int]) -> defaultdict[int, list[Standing]]:
    """The alerts of a rule about some series, as they stand."""
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for alert in Alert.objects.filter(rule=rule, series_id__in=series):
        withdrawn = alert.state == Alert.State.WITHDRAWN
        found[alert.series_id].append(
            Standing(alert.period, State(alert.state), None if withdrawn else alert.closed_period)
        )
    return found


def _first_periods(series: Sequence[int], reach: Reach) -> Mapping[int, int]:
    """From which period on the rule watches those series whose metric somebody switched; what was before stays."""
    switched = dict(Series.objects.filter(pk__in=series, metric__in=reach.first).values_list("pk", "metric_id"))
    return {one: reach.first[metric] for one, metric in switched.items()}


def _go_on(newest: int, reach: Reach) -> AlertChanges:
    """Raise and clear in the newest period."""
    now, out = _now(), reach.left_out(newest)
    cleared = Statement(_CLEAR).rows(newest, now, newest, newest)
    false = "0" if connection.vendor == "sqlite" else "false"
    raised = _but(_RAISE.replace("<false>", false), out).rows(now, newest, *out)
    return AlertChanges(raised=[pk for (pk,) in raised], cleared=[pk for (pk,) in cleared])


def _now() -> object:
    now: datetime = timezone.now()
    return connection.ops.adapt_datetimefield_value(now)
