"""Telling the members of a workshop something."""

from django.urls import reverse

from accord.foundation.notices import NoticeKind
from accord.foundation.services.notifications import Notice, notify_many
from accord.goals.models import Workshop
from accord.goals.queries.workshops import participants


def tell_members(workshop: Workshop, kind: NoticeKind, values: dict[str, str]) -> None:
    """Leave a message for every member with an account, once."""
    address, cause = reverse("goals:workshop", args=[workshop.pk]), f"workshops:{workshop.pk}"
    readers = [member.user for member in participants(workshop) if member.user]
    notify_many(kind.code, [Notice(reader, cause, values, address) for reader in readers])
