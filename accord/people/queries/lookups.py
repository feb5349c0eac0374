"""People and units by what people write: the number, the path."""

from __future__ import annotations

from accord.people.errors import UnknownEmployee, UnknownUnit
from accord.people.models import Employee, OrgUnit


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


def unit_at(path: str) -> OrgUnit:
    """The unit at a path from the top. Raises UnknownUnit."""
    found = OrgUnit.objects.filter(path=path.strip().strip("/")).first()
    if found is None:
        raise UnknownUnit(path=path.strip())
    return found
