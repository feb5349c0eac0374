"""People and units by what people write: the number, the name, the path."""

from __future__ import annotations

import re

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accord.people.errors import AmbiguousName, NoLongerHere, UnknownEmployee, UnknownPerson, UnknownUnit
from accord.people.models import Employee, OrgUnit

_NAME_WITH_NUMBER = re.compile(r".*[(（]\s*(?P<number>[^()（）]+?)\s*[)）]\s*")
_BETWEEN_PEOPLE = re.compile(r"[,，;；、\n]+")
_MOST_CHOICES = 6


def employee_numbered(number: str) -> Employee:
    """The employee with this number, as written or in other capitals. Raises UnknownEmployee."""
    wanted = number.strip()
    found = (
        Employee.objects.filter(employee_no=wanted).first()
        or Employee.objects.filter(employee_no__iexact=wanted).first()
    )
    if found is None:
        raise UnknownEmployee(number=wanted)
    return found


def employee_named_or_numbered(text: str) -> Employee:
    """The person who works here with this number or name, or as “name (number)”, as choosers write it.

    Raises UnknownPerson, AmbiguousName with the people it may mean, or NoLongerHere.
    """
    wanted = text.strip()
    full = _NAME_WITH_NUMBER.fullmatch(wanted)
    found = _with_number(full["number"] if full else wanted) or (None if full else _only_one_named(wanted))
    if found is None:
        raise UnknownPerson(text=wanted)
    if found.status == Employee.Status.LEFT:
        raise NoLongerHere(name=found.name)
    return found


def employees_named_or_numbered(text: str) -> list[Employee]:
    """The people in a list of numbers or names between commas, each once. Raises as employee_named_or_numbered does."""
    written = (part.strip() for part in _BETWEEN_PEOPLE.split(text))
    return list({one.pk: one for one in map(employee_named_or_numbered, filter(None, written))}.values())


def as_written(employee: Employee) -> str:
    """How a chooser writes a person, so that it is never ambiguous."""
    return f"{employee.name}（{employee.employee_no}）"


def suggested_people(text: str) -> QuerySet[Employee]:
    """Those who work here whose name or number holds `text`; first those with exactly that, then those who begin so."""
    wanted = text.strip()
    if not wanted:
        return Employee.objects.none()
    nearness = Case(
        When(Q(employee_no__iexact=wanted) | Q(name__iexact=wanted), then=Value(0)),
        When(Q(employee_no__istartswith=wanted) | Q(name__istartswith=wanted), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        _working()
        .filter(Q(name__icontains=wanted) | Q(employee_no__icontains=wanted))
        .order_by(nearness, "employee_no")
    )


def _with_number(number: str) -> Employee | None:
    try:
        return employee_numbered(number)
    except UnknownEmployee:
        return None


def _only_one_named(name: str) -> Employee | None:
    found = list(_working().filter(name__iexact=name).order_by("employee_no")[: _MOST_CHOICES + 1])
    if len(found) > 1:
        choices = "、".join(f"{as_written(one)} {one.org_unit.name}" for one in found[:_MOST_CHOICES])
        raise AmbiguousName(name=name, choices=choices + ("…" if len(found) > _MOST_CHOICES else ""))
    return found[0] if found else None


def _working() -> QuerySet[Employee]:
    return Employee.objects.exclude(status=Employee.Status.LEFT).select_related("org_unit")


def unit_at(path: str) -> OrgUnit:
    """The unit at a path from the top. Raises UnknownUnit."""
    found = OrgUnit.objects.filter(path=path.strip().strip("/")).first()
    if found is None:
        raise UnknownUnit(path=path.strip())
    return found
