"""Who is above and below whom, today or on a day in the past."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from accord.people.models import Employee, OrgClosure
from accord.people.queries.standing import held_on


def line_on(day: date | None) -> Q:
    """The rows of the closure that hold on a day; None means now, which the index on open rows answers."""
    return Q(valid_to=None) if day is None else held_on(day)


def below(employee_id: int | None, on: date | None = None) -> QuerySet[OrgClosure]:
    """The rows of the closure under an employee, their own at depth 0 included; nobody's for None."""
    return OrgClosure.objects.filter(line_on(on), ancestor=employee_id)


def line_above(employee_id: int, on: date | None = None) -> list[Employee]:
    """The managers above an employee on a day (now), the nearest first. Somebody who has left is among them."""
    rows = OrgClosure.objects.filter(line_on(on), descendant=employee_id, depth__gt=0)
    return [row.ancestor for row in rows.select_related("ancestor").order_by("depth")]


def acting_manager(employee_id: int) -> Employee | None:
    """The nearest manager above an employee who works here: whoever answers while the direct manager's place is open.

    Somebody on leave counts as working here.
    """
    nearest = OrgClosure.objects.filter(line_on(None), descendant=employee_id, depth__gt=0)
    row = nearest.exclude(ancestor__status=Employee.Status.LEFT).select_related("ancestor").order_by("depth").first()
    return row.ancestor if row else None
