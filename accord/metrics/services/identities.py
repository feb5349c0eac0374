"""Who the names of a source are."""

from __future__ import annotations

from accord.foundation.models import User
from accord.metrics.models import Identity
from accord.people.models import Employee, OrgUnit


def resolve(identity: Identity, whom: Employee | OrgUnit, actor: User) -> int:
    """`identity` is `whom`: the rows that waited for it count at once. Returns how many rows. Event identity.resolved.

    Raises OutOfReach for somebody about whom `actor` may not bring in numbers.
    """
    raise NotImplementedError


def ignore(identity: Identity, actor: User) -> None:
    """`identity` is nobody: its rows count for no one and are asked about no more. Event identity.ignored."""
    raise NotImplementedError
