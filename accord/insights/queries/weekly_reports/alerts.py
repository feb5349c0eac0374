"""What became of alerts in a week, and what was done about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from accord.alerts.models import Alert
from accord.alerts.services.sql import Statement
from accord.coaching.models import CoachingTask
from accord.insights.queries.weekly_reports.facts import Fact, fact, number
from accord.insights.queries.weekly_reports.groups import LISTED, ReaderGroup

KINDS = ("raised", "watched", "open", "cleared", "withdrawn")

_SQL = f"""
    WITH reach AS (<reach>),
    happened AS (
        SELECT r.reader_id, CASE WHEN r.depth > 1 THEN 1 ELSE 0 END AS far, a.id,
               CASE WHEN a.closed_at > %s AND a.closed_at <= %s THEN a.state
                    WHEN a.is_watched THEN 'watched'
                    WHEN a.raised_at > %s THEN 'raised' ELSE 'open' END AS kind
        FROM reach r CROSS JOIN alerts a
        WHERE a.series_id = r.series_id AND a.raised_at <= %s AND (a.state = 'open' OR a.closed_at > %s)),
    ranked AS (
        SELECT happened.*, COUNT(*) OVER (PARTITION BY reader_id, kind) AS many,
               ROW_NUMBER() OVER (PARTITION BY reader_id, kind ORDER BY far, id DESC) AS place
        FROM happened)
    SELECT reader_id, far, id, kind, many FROM ranked WHERE place <= {LISTED} ORDER BY reader_id, kind, place
"""  # noqa: S608 (numbers of this code only)


@dataclass
class AlertNews:
    """`many` counts the alerts of each kind; `facts` tells of the first of each."""

    many: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    facts: list[Fact] = field(default_factory=list)


def alert_news(group: ReaderGroup) -> Mapping[int, AlertNews]:
    """The news of each reader: four statements."""
    since, until = (connection.ops.adapt_datetimefield_value(at) for at in (group.since, group.until))
    rows = Statement(_SQL).fill("<reach>", group.reach()).rows(since, until, since, until, since)
    keys = {row[2] for row in rows}
    related = ("series__metric", "series__employee", "series__org_unit")
    alerts = {alert.pk: alert for alert in Alert.objects.filter(pk__in=keys).select_related(*related)}
    tasks = _tasks(keys)
    found: defaultdict[int, AlertNews] = defaultdict(AlertNews)
    for reader, far, key, kind, many in sorted(rows, key=lambda row: KINDS.index(row[3])):
        found[reader].many[kind] = many
        found[reader].facts.append(_fact(alerts[key], tasks.get(key), kind=kind, direct=not far))
    return found


def _tasks(alerts: Iterable[int]) -> Mapping[int, CoachingTask]:
    tasks = CoachingTask.objects.filter(alert__in=alerts).select_related("owner").prefetch_related("steps")
    return {task.alert_id: task for task in tasks}


def _fact(alert: Alert, task: CoachingTask | None, **more: object) -> Fact:
    now = number(alert.period, alert.value, alert.target)
    # Of a falling trend the period before the fall, of two misses the first of them.
    then = number(alert.since or alert.period - 1, alert.earlier_value, alert.earlier_target)
    return fact(alert.series, now, then, alert=alert.pk, task=_done(task) if task else None, **more)


def _done(task: CoachingTask) -> Fact:
    """What was done: never what was said. Notes belong to those who had the talk."""
    return {
        "id": task.pk,
        "owner": task.owner.name,
        "owner_id": task.owner_id,
        "state": task.state,
        "steps": [step.kind for step in task.steps.all()],
        "outcome": task.outcome,
        "due_on": task.due_on.isoformat(),
    }
