"""Sign-in as allauth does it, with permissions that follow from the roles instead of from tables of their own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accord.foundation.backends import SignInBackend
from accord.foundation.models import User
from accord.people.access import roles_of
from accord.people.models import RoleGrant

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    RoleGrant.Role.ADMINISTRATOR: frozenset(
        {
            "foundation.view_job",
            "foundation.change_job",
            "foundation.add_importrun",
            "foundation.view_importrun",
            "foundation.change_user",
        }
    ),
    RoleGrant.Role.HRBP: frozenset({"foundation.add_importrun", "foundation.view_importrun"}),
    RoleGrant.Role.AUDITOR: frozenset({"foundation.view_event", "foundation.view_importrun"}),
}
"""Role → Django permissions. Foundation's pages ask for permissions, since they may not know of roles."""


class RoleBackend(SignInBackend):
    """The one backend. Nothing is granted by groups or single permissions, so there is nothing else to query."""

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: Any = None) -> set[str]:
        """The permissions of the roles that `user_obj` holds today; none about single objects."""
        if obj is not None:
            return set()
        return {permission for role in roles_of(user_obj) for permission in ROLE_PERMISSIONS.get(role, ())}

    def get_user_permissions(self, user_obj: User | AnonymousUser, obj: Any = None) -> set[str]:
        return self.get_all_permissions(user_obj, obj)

    def get_group_permissions(self, user_obj: User | AnonymousUser, obj: Any = None) -> set[str]:
        return set()
