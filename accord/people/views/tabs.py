"""The pages of the organisation beside each other."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.foundation.components.wayfinding import Tab
from accord.people.access import Actor, can_manage_people


def tabs(user: Actor, here: str) -> list[Tab]:
    """The tabs that `user` may open, with the address name `here` as the current one."""
    places = [("directory", _("Directory")), ("units", _("Organisation chart")), ("positions", _("Positions"))]
    if can_manage_people(user):
        places.append(("roles", _("Roles")))
    return [Tab(label, reverse(f"people:{name}"), active=name == here) for name, label in places]
