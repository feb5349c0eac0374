"""What the agenda of a one-on-one writes by itself: one line per source."""

from __future__ import annotations

from datetime import datetime, timedelta

from accord.coaching.models import OneOnOne
from accord.coaching.queries import agenda, commitment_agenda, feedback_agenda, plan_agenda
from accord.coaching.queries.agenda import Source, Suggestion

SOURCES: tuple[Source, ...] = (
    agenda.lights,
    agenda.alerts,
    agenda.check_ins,
    commitment_agenda.commitments,
    plan_agenda.focus_areas,
    feedback_agenda.feedback,
)

FIRST_LOOK_BACK = timedelta(days=31)
"""How far the first agenda of a pair looks back."""


def suggestions_for(talk: OneOnOne) -> list[Suggestion]:
    """What the agenda would write by itself now, without what stands there already, open, settled or dropped.

    Nothing for two who are no longer manager and employee: what is read here is the employee's and today's manager's.
    """
    if talk.pairing.employee.manager_id != talk.pairing.manager_id:
        return []
    since = last_talked_at(talk)
    known = {source for source in talk.points.values_list("source", flat=True) if source}
    found: dict[str, Suggestion] = {}
    for source in SOURCES:
        for each in source(talk, since):
            if each.source not in known:
                found.setdefault(each.source, each)
    return list(found.values())


def last_talked_at(talk: OneOnOne) -> datetime:
    """When the two last talked before this talk; for the first time, a month before it."""
    held = OneOnOne.objects.filter(pairing=talk.pairing_id, state=OneOnOne.State.HELD, ended_at__isnull=False)
    before = held.exclude(pk=talk.pk).order_by("-ended_at").values_list("ended_at", flat=True).first()
    return before or talk.planned_at - FIRST_LOOK_BACK
