"""How far a file of people may reach, by who brings it in.

An administrator's file, and one from the command line, may change everybody. An HR partner's may not lead to more sight
or to another's account than the partner has: it stays within their units, puts nobody below themselves, and leaves the
addresses to which links for a new password are mailed as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from accord.foundation.models import User
from accord.people.models import Employee, OrgUnit, RoleGrant
from accord.people.queries.standing import standing_of
from accord.people.services.people_import.columns import number_key
from accord.people.services.people_import.draft import Draft
from accord.people.services.people_import.rows import NOBODY
from accord.people.services.units import SEPARATOR

Role = RoleGrant.Role


@dataclass(frozen=True)
class Reach:
    """The paths of the units that somebody is HR partner of, and the key of their own number."""

    units: tuple[str, ...]
    own_key: str

    def covers(self, path: str) -> bool:
        """Whether a unit is one of theirs or lies in one of them."""
        return any(path == unit or path.startswith(unit + SEPARATOR) for unit in self.units)


def reach_of(actor: User | None) -> Reach | None:
    """How far a file of `actor` may reach; None where it may reach everybody."""
    if actor is None:
        return None
    standing = standing_of(actor)
    if Role.ADMINISTRATOR in standing.roles:
        return None
    units = [unit for role, unit in standing.grants if role == Role.HRBP and unit is not None]
    paths = OrgUnit.objects.filter(pk__in=units).values_list("path", flat=True)
    number = Employee.objects.filter(user=actor).values_list("employee_no", flat=True).first()
    return Reach(tuple(paths), number_key(number or NOBODY))


def check_reach(draft: Draft, reach: Reach) -> None:
    """Refuse the rows that reach further."""
    for key in list(draft.rows):
        before, after = draft.known.people.get(key), draft.people[key]
        if before == after:
            continue
        outside = next((p.org_unit for p in (before, after) if p is not None and not reach.covers(p.org_unit)), None)
        if outside is not None:
            sentence = _("%(unit)s is none of the units you are HR partner of; an administrator can bring in this row.")
            draft.refuse(key, "org_unit", "unit_out_of_reach", sentence, unit=outside)
        elif before is not None and before.email.casefold() != after.email.casefold():
            sentence = _("Only an administrator may change the address of somebody who has an account.")
            draft.refuse(key, "email", "email_out_of_reach", sentence)
        elif draft.manager_changes(key) and _is_below(draft, key, reach.own_key):
            sentence = _("Nobody puts people below themselves; an administrator can bring in this row.")
            draft.refuse(key, "manager_no", "manager_out_of_reach", sentence)


def _is_below(draft: Draft, key: str, top: str) -> bool:
    """Whether the line from `key` upwards, which has no circle, leads to `top`."""
    at = draft.people[key].manager
    while at not in (NOBODY, top) and at in draft.people:
        at = draft.people[at].manager
    return at == top and top != NOBODY
