"""Settling falling trends: the second rule, for the metrics it is switched on for.

SQL finds the series with three periods in a row that got worse, and those that have an alert; the exact rule, which
knows the noise of each series, judges only these. A fall rests on the thirteen periods up to its own, so a value that
is corrected can touch the twelve after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from django.db.models import Q

from accord.alerts.models import Alert, Rule
from accord.alerts.queries.periods import Calendar
from accord.alerts.queries.switches import Reach, reach_of
from accord.alerts.services.evidence import FallEvidence, statuses_of
from accord.alerts.services.settling import standing_of
from accord.alerts.services.sql import Statement, chunks
from accord.alerts.services.writing import AlertChanges, write_changes
from accord.domain.alert_rules import falls, reconcile
from accord.domain.trend import WINDOW
from accord.metrics.models import Measurement, Metric, Series

RULE = Rule.FALLING

_THREE_WORSE = """
    SELECT a.series_id FROM measurements a
    JOIN measurements b ON b.period = a.period - 1 AND b.series_id = a.series_id
    JOIN measurements c ON c.period = a.period - 2 AND c.series_id = a.series_id
    JOIN measurements d ON d.period = a.period - 3 AND d.series_id = a.series_id
    JOIN series s ON s.id = a.series_id
    JOIN metrics x ON x.id = s.metric_id
    WHERE a.period = %s AND x.id IN (<metrics>)
      AND ((x.direction = 'up' AND a.value < b.value AND b.value < c.value AND c.value < d.value)
        OR (x.direction = 'down' AND a.value > b.value AND b.value > c.value AND c.value > d.value))
      AND NOT EXISTS (
        SELECT 1 FROM alerts o
        WHERE o.series_id = a.series_id AND o.rule = 'falling' AND o.state = 'open' AND o.period < a.period)
"""


def settle_falls(calendar: Calendar, judged: Collection[int]) -> AlertChanges:
    """Make the falling alerts agree with the rule after `judged` were judged. Runs in the caller's transaction."""
    reach, changes = reach_of(RULE), AlertChanges()
    touched = sorted({period + step for period in judged for step in range(WINDOW)} & set(calendar.periods))
    if reach.first and touched:
        for chunk in chunks(_doubtful(touched, reach)):
            changes += _fold(calendar, chunk, reach)
    return changes


def _doubtful(touched: Sequence[int], reach: Reach) -> Iterator[int]:
    """The series that may have a new fall in `touched`, and those with an alert that `touched` can say something of."""
    found: set[int] = set()
    for period in touched:
        metrics = reach.watched(period)
        if metrics:
            places = ", ".join(["%s"] * len(metrics))
            rows = Statement(_THREE_WORSE.replace("<metrics>", places)).rows(period, *metrics)
            found |= {series_id for (series_id,) in rows}
    said = Q(period__gte=touched[0]) | Q(closed_period__gte=touched[0]) | Q(state=Alert.State.OPEN)
    alerts = Alert.objects.filter(said, rule=RULE, series__metric__in=reach.watched(touched[-1]))
    return iter(sorted(found.union(alerts.values_list("series_id", flat=True))))


def _fold(calendar: Calendar, series: Sequence[int], reach: Reach) -> AlertChanges:
    """Fold the whole histories of some series and write where their alerts differ."""
    values = _values(calendar, series)
    about = Series.objects.filter(pk__in=series).values_list("pk", "metric_id", "metric__direction")
    lower = {one: direction == Metric.Direction.DOWN for one, _, direction in about}
    first = {one: reach.first[metric] for one, metric, _ in about}
    standing = standing_of(RULE, series)
    wanted = {}
    for one in series:
        marks = [mark for mark in falls(values[one], lower[one]) if mark[0] >= first[one]]
        wanted[one] = reconcile(marks, [alert for alert in standing[one] if alert.period >= first[one]])
    wanted = {one: alerts for one, alerts in wanted.items() if alerts}
    return write_changes(RULE, wanted, FallEvidence(values, lower, statuses_of(wanted)))


def _values(calendar: Calendar, series: Sequence[int]) -> Mapping[int, dict[int, Decimal]]:
    found: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = Measurement.objects.filter(period__in=calendar.periods, series_id__in=series)
    for series_id, period, value in rows.values_list("series_id", "period", "value"):
        found[series_id][period] = value
    return found
