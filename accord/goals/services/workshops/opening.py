"""Calling a team together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accord.foundation.services.events import record
from accord.goals.errors.workshops import NobodyToInvite
from accord.goals.models import Workshop, WorkshopMember
from accord.goals.notices.workshops import WORKSHOP_OPENED
from accord.goals.services.workshops.telling import tell_members
from accord.people.models import Employee, OrgUnit, Position


@dataclass(frozen=True)
class Invitation:
    """What a workshop is about, and whom it calls together."""

    title: str
    question: str
    prompts: str
    position: Position
    org_unit: OrgUnit
    members: Sequence[Employee]


@transaction.atomic
def open_workshop(invitation: Invitation, facilitator: Employee) -> Workshop:
    """Open a workshop and tell its members. Raises NobodyToInvite."""
    if not invitation.members:
        raise NobodyToInvite(position=invitation.position.name)
    workshop = Workshop.objects.create(
        title=invitation.title,
        question=invitation.question,
        prompts=invitation.prompts,
        position=invitation.position,
        org_unit=invitation.org_unit,
        facilitator=facilitator,
    )
    WorkshopMember.objects.bulk_create(
        WorkshopMember(workshop=workshop, employee=member) for member in invitation.members
    )
    record("workshop.opened", subject=f"workshops:{workshop.pk}", actor=facilitator.user, workshop_id=workshop.pk)
    tell_members(workshop, WORKSHOP_OPENED, {"name": facilitator.name, "title": workshop.title})
    return workshop
