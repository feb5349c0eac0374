"""What a change of the organisation must not do."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, Q

from accord.foundation.clock import organisation_day
from accord.people.errors import DayNotPossible, LineTooLong, ManagerCycle, ManagerHasLeft, ReportsToThemselves
from accord.people.models import Employee, OrgClosure, Placement, ReportingLine
from accord.people.services.closure import LONGEST_LINE


def check_manager(employee: Employee, manager: Employee, on: date) -> None:
    """Raise a BusinessError if `manager` cannot be above `employee` from `on` until today."""
    if manager == employee:
        raise ReportsToThemselves(name=employee.name)
    if manager.status == Employee.Status.LEFT:
        raise ManagerHasLeft(manager=manager.name)
    since = OrgClosure.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on))
    if employee.pk and since.filter(ancestor=employee, descendant=manager).exists():
        raise ManagerCycle(manager=manager.name, name=employee.name)
    if _levels_above(manager) + 1 + _levels_below(employee) >= LONGEST_LINE:
        raise LineTooLong(name=employee.name, limit=LONGEST_LINE)


def check_day(employee: Employee, manager: Employee | None, on: date) -> None:
    """Raise DayNotPossible for a day in the future, or before what is known of the employee or of a new manager."""
    starts = [
        Placement.objects.filter(employee=employee).aggregate(day=Max("valid_from"))["day"],
        ReportingLine.objects.filter(employee=employee).aggregate(day=Max("valid_from"))["day"],
    ]
    if manager:
        starts.append(Placement.objects.filter(employee=manager).earliest("valid_from").valid_from)
    first, last = max(day for day in starts if day), organisation_day()
    if not first <= on <= last:
        raise DayNotPossible(day=on, first=first, last=last)


def _levels_above(employee: Employee) -> int:
    return OrgClosure.objects.filter(descendant=employee, valid_to=None).aggregate(n=Max("depth"))["n"] or 0


def _levels_below(employee: Employee) -> int:
    if employee.pk is None:
        return 0
    return OrgClosure.objects.filter(ancestor=employee, valid_to=None).aggregate(n=Max("depth"))["n"] or 0
