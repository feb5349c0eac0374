"""Raising the alarm."""

from __future__ import annotations

from django.urls import reverse

from accord.foundation.clock import organisation_day
from accord.foundation.models import User
from accord.foundation.services.notifications import Notice, notify_many
from accord.people.models import RoleGrant
from accord.people.queries.standing import held_on
from accord.workflow.models import ArchiveCheck
from accord.workflow.notices.archive import FAULTY


def tell_of_faults(check: ArchiveCheck) -> None:
    """Tell auditors and administrators what a check found; once for each check."""
    if not check.faults:
        return
    roles = (RoleGrant.Role.AUDITOR, RoleGrant.Role.ADMINISTRATOR)
    grants = RoleGrant.objects.filter(held_on(organisation_day()), role__in=roles)
    people = User.objects.filter(employee__role_grants__in=grants, is_active=True).distinct()
    values, url = {"count": len(check.faults), "first": check.faults[0]}, reverse("workflow:archive")
    notify_many(FAULTY.code, [Notice(user, f"archive_checks:{check.pk}", values, url) for user in people])
