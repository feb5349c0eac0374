"""Nobody gets far-reaching rights in silence: the other holders of such rights hear of it, and so does the person."""

from __future__ import annotations

from django.urls import reverse

from accord.foundation.clock import organisation_day
from accord.foundation.models import User
from accord.foundation.services.notifications import Notice, notify_many
from accord.people.models import Employee, OrgUnit, RoleGrant
from accord.people.notices import RIGHTS_GRANTED, SIGHT_GRANTED
from accord.people.queries.standing import held_on

_Role = RoleGrant.Role
_KINDS = {_Role.EXECUTIVE: SIGHT_GRANTED, _Role.HRBP: SIGHT_GRANTED, _Role.ADMINISTRATOR: RIGHTS_GRANTED}


def tell_of_grant(
    grant_id: int, employee_id: int, role: str, org_unit_id: int | None, valid_from: str, valid_to: str | None
) -> None:
    """Tell executives, administrators and the person that a role with sight or rights was granted."""
    kind = _KINDS.get(_Role(role))
    person = Employee.objects.filter(pk=employee_id).first()
    if kind is None or person is None:
        return
    # A role without a unit reaches over the whole organisation, which has the name of its topmost unit.
    which = {"pk": org_unit_id} if org_unit_id else {"parent": None}
    unit = OrgUnit.objects.filter(**which).first()
    values = {"name": person.name, "day": valid_from, "unit": unit.name if unit else ""}
    url = reverse("people:directory")
    notify_many(kind.code, [Notice(user, f"role_grants:{grant_id}", values, url) for user in _watchers(person)])


def _watchers(person: Employee) -> list[User]:
    """Who hears of it: whoever holds such a role today and can sign in, and the person."""
    holders = RoleGrant.objects.filter(held_on(organisation_day()), role__in=[_Role.EXECUTIVE, _Role.ADMINISTRATOR])
    people = Employee.objects.filter(pk__in=[*holders.values_list("employee_id", flat=True), person.pk])
    found = people.exclude(status=Employee.Status.LEFT).filter(user__is_active=True).select_related("user")
    return [each.user for each in found if each.user]
