"""Leave is noted by whoever goes, taken back or ended early by them, and forgotten some time after it is over."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from accord.foundation.clock import organisation_day
from accord.foundation.models import User
from accord.foundation.services.events import record
from accord.people.errors import LeaveEndsFirst, LeaveIsOver, LeaveTooLong
from accord.people.models import Employee, Leave
from accord.people.services.staging import take_turn

LONGEST = timedelta(days=366)
KEPT = timedelta(days=90)
"""How long a leave that is over is still kept."""

_DAY = timedelta(days=1)


@transaction.atomic
def note_leave(employee: Employee, first_day: date, last_day: date, actor: User | None = None) -> Leave:
    """Note that somebody is away on these days. What overlaps or adjoins a leave noted before becomes one with it.

    Raises LeaveEndsFirst, LeaveIsOver or LeaveTooLong.
    """
    take_turn()
    if last_day < first_day:
        raise LeaveEndsFirst
    if last_day < organisation_day():
        raise LeaveIsOver
    touching = Leave.objects.filter(
        employee=employee, first_day__lte=last_day + _DAY, last_day__gte=first_day - _DAY
    ).order_by("first_day")
    parts = list(touching)
    for part in parts:
        if part.first_day <= first_day and last_day <= part.last_day:
            return part
    first_day = min([first_day, *(part.first_day for part in parts)])
    last_day = max([last_day, *(part.last_day for part in parts)])
    if last_day - first_day >= LONGEST:
        raise LeaveTooLong
    touching.delete()
    leave = Leave.objects.create(employee=employee, first_day=first_day, last_day=last_day)
    record("leave.noted", subject=f"employees:{employee.pk}", actor=actor, employee_id=employee.pk)
    return leave


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
