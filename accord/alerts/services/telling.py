"""Whom a new alert is told to: a line manager hears of as many in a month as they can take, the gravest first.

Whatever goes beyond that is put on their watch list. It is decided once, when an alert is raised; what has been told
stays told. A series that somebody is already told about under another rule is not told about a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from accord.alerts.models import Alert
from accord.alerts.queries.switches import budget, limit
from accord.alerts.services.sql import Statement, chunks
from accord.alerts.services.writing import AlertChanges
from accord.foundation.clock import organisation_day
from accord.people.models import Employee

_AT_ONCE = 500
_NO_KPI = Decimal("0.1")

# The nearest manager above who works here, of the person or of the head of the unit; nobody for whoever has left.
_NAME_MANAGERS = """
    UPDATE alerts SET manager_id = (
        SELECT c.ancestor_id FROM series s
        LEFT JOIN org_units u ON u.id = s.org_unit_id
        JOIN employees e ON e.id = COALESCE(s.employee_id, u.head_id) AND e.status <> 'left'
        JOIN org_closure c ON c.descendant_id = e.id AND c.depth > 0 AND c.valid_to IS NULL
        JOIN employees m ON m.id = c.ancestor_id AND m.status <> 'left'
        WHERE s.id = alerts.series_id
        ORDER BY c.depth LIMIT 1)
    WHERE id IN (<ids>)
"""


@dataclass(frozen=True)
class _New:
    """An alert that somebody may be told of. `gravity` is the share of the target that is missing times the weight."""

    pk: int
    series_id: int
    rule: str
    manager_id: int
    gravity: Decimal


def share_out(changes: AlertChanges) -> AlertChanges:
    """Decide of the alerts just raised which are told and which are watched. Runs in the caller's transaction."""
    new, again = _news(changes.raised)
    most = budget().per_month
    room = _room({one.manager_id for one in new}, most, organisation_day()) if most else None
    spoken_of = _spoken_of(new)
    told, watched = [], list(again)
    for one in sorted(new, key=lambda one: (-one.gravity, one.series_id, one.rule)):
        if one.series_id in spoken_of or (room is not None and room[one.manager_id] <= 0):
            watched.append(one.pk)
            continue
        told.append(one.pk)
        spoken_of.add(one.series_id)
        if room is not None:
            room[one.manager_id] -= 1
    for chunk in chunks(told, _AT_ONCE):
        Alert.objects.filter(pk__in=chunk).update(told_on=organisation_day())
    for chunk in chunks(watched, _AT_ONCE):
        Alert.objects.filter(pk__in=chunk).update(is_watched=True)
    return replace(changes, watched=sorted(watched))


def _news(raised: Sequence[int]) -> tuple[list[_New], list[int]]:
    """What somebody may be told of, and what goes on being watched because it was before it seemed to recover."""
    new: list[_New] = []
    again: list[int] = []
    for chunk in chunks(raised, _AT_ONCE):
        Statement(_NAME_MANAGERS.replace("<ids>", ", ".join(["%s"] * len(chunk)))).run(*chunk)
        standing = Alert.objects.filter(pk__in=chunk, state=Alert.State.OPEN, told_on=None).exclude(manager=None)
        again += standing.filter(is_watched=True).values_list("pk", flat=True)
        fields = ("pk", "series_id", "rule", "manager_id", "value", "target", "earlier_value", "kpi__weight")
        for pk, series, rule, manager, *numbers in standing.filter(is_watched=False).values_list(*fields):
            new.append(_New(pk, series, rule, manager, gravity(*numbers)))
    return new, again


def gravity(value: Decimal, target: Decimal | None, earlier: Decimal, weight: Decimal | None) -> Decimal:
    """What is missing, as a share of the target (of what it was before, where there is none), times the weight."""
    aim = target if target is not None and target > 0 else earlier
    share = abs(aim - value) / abs(aim) if aim else Decimal(1)
    return share * (_NO_KPI if weight is None else weight)


def _room(managers: set[int], most: int, day: date) -> Counter[int]:
    """How many more alerts each manager can be told of in the month of `day`."""
    people: dict[int, int] = {}
    told: dict[int, int] = {}
    for chunk in chunks(managers, _AT_ONCE):
        working = Employee.objects.filter(manager__in=chunk).exclude(status=Employee.Status.LEFT)
        people |= dict(working.order_by().values_list("manager").annotate(Count("pk")))
        month = Q(told_on__gte=day.replace(day=1), told_on__lte=day)
        counted = Alert.objects.filter(month, manager__in=chunk).values_list("manager").annotate(Count("pk"))
        told |= dict(counted.order_by())
    return Counter({one: limit(most, people.get(one, 0)) - told.get(one, 0) for one in managers})


def _spoken_of(new: Sequence[_New]) -> set[int]:
    """The series of which somebody was told under another rule and that are still open."""
    found: set[int] = set()
    for chunk in chunks({one.series_id for one in new}, _AT_ONCE):
        standing = Alert.objects.filter(series__in=chunk, state=Alert.State.OPEN).exclude(told_on=None)
        found.update(standing.values_list("series_id", flat=True))
    return found
