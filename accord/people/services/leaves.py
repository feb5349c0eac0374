"""Leave is noted by whoever goes, taken back or ended early by them, and forgotten some time after it is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction

from accord.foundation.clock import organisation_day
from accord.foundation.models import User
from accord.foundation.services.events import record
from accord.people.errors import LeaveEndsFirst, LeaveIsOver, LeaveTooLong
from accord.people.models import Employee, Leave
from accord.people.queries.leaves import Stretch, joined, noted_of
from accord.people.services.staging import take_turn

LONGEST = timedelta(days=366)
KEPT = timedelta(days=90)
"""How long a leave that is over is still kept."""

_DAY = timedelta(days=1)


@transaction.atomic
def note_leave(employee: Employee, first_day: date, last_day: date, actor: User | None = None) -> None:
    """Note that somebody is away on these days. What overlaps or adjoins a leave noted before becomes one with it.

    Raises LeaveEndsFirst, LeaveIsOver or LeaveTooLong.
    """
    take_turn()
    if last_day < first_day:
        raise LeaveEndsFirst
    if last_day < organisation_day():
        raise LeaveIsOver
    if not add_days({employee.pk: [Stretch(first_day, last_day)]}):
        return
    whole = Leave.objects.get(employee=employee, first_day__lte=first_day, last_day__gte=last_day)
    if whole.last_day - whole.first_day >= LONGEST:
        raise LeaveTooLong
    record("leave.noted", subject=f"employees:{employee.pk}", actor=actor, employee_id=employee.pk)


def add_days(wanted: Mapping[int, Iterable[Stretch]]) -> int:
    """Note days of people, by their keys, in the caller's turn; return how many stretches said something new."""
    noted = noted_of(wanted.keys())
    fresh = {
        person: [days for days in dict.fromkeys(stretches) if not any(map(days.is_within, noted.get(person, ())))]
        for person, stretches in wanted.items()
    }
    touched = [person for person, days in fresh.items() if days]
    Leave.objects.filter(employee__in=touched).delete()
    Leave.objects.bulk_create(
        Leave(employee_id=person, first_day=days.first_day, last_day=days.last_day)
        for person in touched
        for days in joined([*noted.get(person, ()), *fresh[person]])
    )
    return sum(map(len, fresh.values()))


@transaction.atomic
def end_leave(employee: Employee, first_day: date, actor: User | None = None) -> bool:
    """Take back the leave that begins on a day; one that goes on ends with yesterday. False where none is noted."""
    take_turn()
    yesterday = organisation_day() - _DAY
    noted = Leave.objects.filter(employee=employee, first_day=first_day, last_day__gt=yesterday)
    ended = noted.filter(first_day__lte=yesterday).update(last_day=yesterday) or noted.delete()[0]
    if ended:
        record("leave.ended", subject=f"employees:{employee.pk}", actor=actor, employee_id=employee.pk)
    return bool(ended)


def forget_leaves() -> int:
    """Delete leaves that have been over for some time; return how many."""
    return Leave.objects.filter(last_day__lt=organisation_day() - KEPT).delete()[0]
