"""Whom a new alert is told to: a line manager hears of as many in a month as they can take, the gravest first.

Whatever goes beyond that is put on their watch list. It is decided once, when an alert is raised; what has been told
stays told. A series that somebody is already told about under another rule is not told about a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain

from django.db import connection
from django.db.models import Count

from accord.alerts.models import Alert, Rule
from accord.alerts.queries.switches import budget, limit
from accord.alerts.services.sql import Statement, chunks
from accord.alerts.services.writing import AlertChanges
from accord.foundation.clock import organisation_day
from accord.people.models import Employee

_AT_ONCE = 5_000
_NO_KPI = Decimal("0.1")

# Each with the nearest manager above who works here, of the person or of the head of the unit; nobody for whoever left.
_RAISED = """
    SELECT a.id, a.series_id, a.rule, a.is_watched, a.state = 'open' AND a.told_on IS NULL, (
        SELECT c.ancestor_id FROM series s
        LEFT JOIN org_units u ON u.id = s.org_unit_id
        JOIN employees e ON e.id = COALESCE(s.employee_id, u.head_id) AND e.status <> 'left'
        JOIN org_closure c ON c.descendant_id = e.id AND c.depth > 0 AND c.valid_to IS NULL
        JOIN employees m ON m.id = c.ancestor_id AND m.status <> 'left'
        WHERE s.id = a.series_id
        ORDER BY c.depth LIMIT 1)
    FROM alerts a WHERE a.id IN (<ids>)
"""

# Key, manager and what became of it, in one write: every write of an alert touches all its indexes.
_NOTE = """
    UPDATE alerts SET manager_id = CAST(n.column2 AS bigint), is_watched = alerts.is_watched OR n.column3 = <watched>,
        told_on = CASE WHEN n.column3 = <told> THEN %s ELSE alerts.told_on END
    FROM (VALUES <rows>) AS n WHERE alerts.id = n.column1
"""
_AS_IT_WAS, _TOLD, _WATCHED = range(3)


@dataclass(frozen=True)
class _Raised:
    """An alert that was raised. `is_news`: nobody was told of it yet; one that is `watched` was so before it seemed to
    recover.
    """

    pk: int
    series_id: int
    rule: str
    watched: bool
    is_news: bool
    manager_id: int | None


@dataclass(frozen=True)
class _New:
    """An alert that its manager may be told of."""

    pk: int
    series_id: int
    rule: str
    manager_id: int


def share_out(changes: AlertChanges) -> AlertChanges:
    """Decide of the alerts just raised which are told and which are watched. Runs in the caller's transaction."""
    day, raised = organisation_day(), _raised(changes.raised)
    found = [one for one in raised if one.is_news and one.manager_id is not None]
    new = [_New(one.pk, one.series_id, one.rule, one.manager_id or 0) for one in found if not one.watched]
    fates = {one.pk: _WATCHED for one in found if one.watched} | _fates(new, day)
    for chunk in chunks(raised, _AT_ONCE):
        _note(chunk, fates, day)
    return replace(changes, watched=sorted(pk for pk, fate in fates.items() if fate == _WATCHED))


def _fates(new: Sequence[_New], day: date) -> dict[int, int]:
    """What becomes of each of the new alerts: whether it is told or watched."""
    room, spoken_of = _room(new, day), _spoken_of(new)
    fates = {}
    for one in _gravest_first(new, room):
        if one.series_id in spoken_of or room.get(one.manager_id, 1) <= 0:
            fates[one.pk] = _WATCHED
            continue
        fates[one.pk] = _TOLD
        spoken_of.add(one.series_id)
        if one.manager_id in room:
            room[one.manager_id] -= 1
    return fates


def _note(raised: Sequence[_Raised], fates: Mapping[int, int], day: date) -> None:
    """Note on alerts who their managers are and what became of them."""
    sql = _NOTE.replace("<told>", str(_TOLD)).replace("<watched>", str(_WATCHED))
    notes = ((one.pk, one.manager_id, fates.get(one.pk, _AS_IT_WAS)) for one in raised)
    rows = ", ".join(["(%s, %s, %s)"] * len(raised))
    Statement(sql.replace("<rows>", rows)).run(connection.ops.adapt_datefield_value(day), *chain.from_iterable(notes))


def gravity(value: Decimal, target: Decimal | None, earlier: Decimal, weight: Decimal | None) -> Decimal:
    """What is missing, as a share of the target (of what it was before, where there is none), times the weight."""
    aim = target if target is not None and target > 0 else earlier
    share = abs(aim - value) / abs(aim) if aim else Decimal(1)
    return share * (_NO_KPI if weight is None else weight)


def _raised(keys: Sequence[int]) -> list[_Raised]:
    """The alerts just raised, with who leads those whom they are about."""
    found: list[_Raised] = []
    for chunk in chunks(keys, _AT_ONCE):
        ids = ", ".join(["%s"] * len(chunk))
        found += [_Raised(*row) for row in Statement(_RAISED.replace("<ids>", ids)).rows(*chunk)]
    return found


def _room(new: Sequence[_New], day: date) -> dict[int, int]:
    """How many more alerts a manager can be told of in the month of `day`: only those whom it is too narrow for."""
    most = budget().per_month
    if not most or not new:
        return {}
    told = Alert.objects.filter(told_on__gte=day.replace(day=1), told_on__lte=day).order_by()
    counts = dict(told.values_list("manager").annotate(Count("pk")))
    wanted = Counter(one.manager_id for one in new)
    # Nobody has less room than the budget as it stands, so that few have to have their people counted.
    crowded = [manager for manager, many in wanted.items() if counts.get(manager, 0) + many > most]
    people: dict[int, int] = {}
    for chunk in chunks(crowded, _AT_ONCE):
        working = Employee.objects.filter(manager__in=chunk).exclude(status=Employee.Status.LEFT).order_by()
        people |= dict(working.values_list("manager").annotate(Count("pk")))
    return {one: limit(most, people.get(one, 0)) - counts.get(one, 0) for one in crowded}


def _gravest_first(new: Sequence[_New], room: Mapping[int, int]) -> list[_New]:
    """The new alerts in the order in which they are told; where there is room for all, two misses come first."""
    crowded = [one.pk for one in new if one.manager_id in room]
    weights: dict[int, Decimal] = {}
    for chunk in chunks(crowded, _AT_ONCE):
        rows = Alert.objects.filter(pk__in=chunk).values_list("pk", "value", "target", "earlier_value", "kpi__weight")
        weights |= {pk: gravity(*numbers) for pk, *numbers in rows}
    return sorted(new, key=lambda one: (-weights.get(one.pk, 0), one.rule != Rule.TWO_MISSES, one.series_id))


def _spoken_of(new: Sequence[_New]) -> set[int]:
    """The series among those of new alerts of which somebody was told already: it takes a fall to be told twice."""
    falls = Alert.objects.filter(rule=Rule.FALLING, state=Alert.State.OPEN).values_list("series_id", flat=True)
    twice = {one.series_id for one in new}.intersection(falls)
    found: set[int] = set()
    for chunk in chunks(sorted(twice), _AT_ONCE):
        standing = Alert.objects.filter(series__in=chunk, state=Alert.State.OPEN).exclude(told_on=None)
        found.update(standing.values_list("series_id", flat=True))
    return found
