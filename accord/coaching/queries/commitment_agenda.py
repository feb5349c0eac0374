"""What two people owe each other, as lines of their next agenda."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.coaching.models import AgendaPoint, Commitment, OneOnOne
from accord.coaching.queries.agenda import Suggestion
from accord.coaching.queries.commitments import open_between
from accord.foundation.clock import organisation_day

MOST = 10


def commitments(talk: OneOnOne, since: datetime) -> list[Suggestion]:
    """The commitments between the two that are due by the day of the talk, the oldest first."""
    day = organisation_day(talk.planned_at)
    pairing = talk.pairing
    due = open_between(pairing.manager, pairing.employee).filter(due_on__lte=day)
    return [_owed(one) for one in due[:MOST]]


def _owed(one: Commitment) -> Suggestion:
    said = {"name": one.owner.name, "due": one.due_on.isoformat(), "text": one.text}
    words = _("%(name)s, by %(due)s: %(text)s") % said
    url = reverse("coaching:commitment", args=[one.pk])
    return Suggestion(AgendaPoint.Section.PROGRESS, words, f"commitments:{one.pk}", url)
