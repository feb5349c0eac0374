"""What an account is in the organisation: its employee, whether they manage, what they were granted. One query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, FilteredRelation, OuterRef, Q

from accord.foundation.clock import organisation_day
from accord.foundation.models import User
from accord.people.models import Employee, OrgClosure, RoleGrant

Role = RoleGrant.Role
MEMO = "_standing_of_this_request"


@dataclass(frozen=True)
class Standing:
    """Who acts. `employee_id` is None for an account without employment; `grants` are (role, unit or None)."""

    employee_id: int | None = None
    manages: bool = False
    grants: frozenset[tuple[str, int | None]] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        """The granted roles, whatever their units."""
        return frozenset(role for role, _ in self.grants)


NOBODY = Standing()


def held_on(day: date, prefix: str = "") -> Q:
    """The rows with `valid_from` and `valid_to` that hold on `day`; `prefix` names the relation to them."""
    open_ended = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day})
    return Q(**{f"{prefix}valid_from__lte": day}) & open_ended


def standing_of(user: User | AnonymousUser, on: date | None = None) -> Standing:
    """The standing of `user` on a day (today). Nobody's for an inactive or anonymous account and for a leaver.

    Asked once a request: the middleware lays a memo on the request's own user object; any other object is asked anew.
    """
    if not user.is_active or user.pk is None:
        return NOBODY
    memo: dict[date | None, Standing] | None = getattr(user, MEMO, None)
    if memo is None:
        return _ask(user, on)
    if on not in memo:
        memo[on] = _ask(user, on)
    return memo[on]


def _ask(user: User, on: date | None) -> Standing:
    """One row for each grant held on the day, or one row without grant."""
    reports = OrgClosure.objects.filter(ancestor=OuterRef("pk"), depth=1, valid_to=None).exclude(
        descendant__status=Employee.Status.LEFT
    )
    rows: list[Any] = list(
        Employee.objects.filter(user_id=user.pk)
        .exclude(status=Employee.Status.LEFT)
        .alias(held=FilteredRelation("role_grants", condition=held_on(on or organisation_day(), "role_grants__")))
        .values_list("pk", Exists(reports), "held__role", "held__org_unit_id")
    )
    if not rows:
        return NOBODY
    grants = frozenset((role, unit) for _, _, role, unit in rows if role)
    return Standing(employee_id=rows[0][0], manages=rows[0][1], grants=grants)
