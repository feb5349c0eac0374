"""Three months of one manager's own coaching. Everything here is about who asks; no function takes a second person."""

from __future__ import annotations

from datetime import date

from django.db.models import Min, Q

from accord.coaching.models import CoachingStep, CoachingTask, Commitment, Feedback, OneOnOne
from accord.domain.coaching_mirror import Mirror, Share
from accord.domain.feedback_hints import is_specific
from accord.foundation.clock import organisation_day
from accord.people.models import Employee

_TALKED = (CoachingStep.Kind.TALK, CoachingStep.Kind.ACTION)


def mirror_of(me: Employee, first: date, last: date) -> Mirror:
    """What `me` did as a coach from `first` to `last`, in five statements."""
    waits, untalked = _waits(me, first, last)
    return Mirror(
        talks=_talks(me, first, last),
        waits=waits,
        untalked=untalked,
        specific=_specific(me, first, last),
        own_word=_kept(Q(owner=me, partner__manager=me), first, last),
        their_word=_kept(Q(partner=me, owner__manager=me), first, last),
    )


def _talks(me: Employee, first: date, last: date) -> Share:
    came = OneOnOne.objects.filter(pairing__manager=me, planned_at__date__range=(first, last))
    states = list(came.exclude(state=OneOnOne.State.CALLED_OFF).values_list("state", flat=True))
    return Share(states.count(OneOnOne.State.HELD), len(states))


def _waits(me: Employee, first: date, last: date) -> tuple[list[int], int]:
    """The days from each alert to the first talk `me` had about it, and how many had none."""
    talked = Q(steps__kind__in=_TALKED, steps__taken_by=me)
    tasks = CoachingTask.objects.filter(owner=me, opened_at__date__range=(first, last)).exclude(
        closed_because=CoachingTask.ClosedBecause.WITHDRAWN
    )
    rows = tasks.annotate(talked_at=Min("steps__taken_at", filter=talked)).values_list("alert__raised_at", "talked_at")
    told = list(rows)
    waits = [
        max(0, (organisation_day(talked_at) - organisation_day(raised_at)).days)
        for raised_at, talked_at in told
        if talked_at
    ]
    return sorted(waits), len(told) - len(waits)


def _specific(me: Employee, first: date, last: date) -> Share:
    given = Feedback.objects.filter(author=me, state=Feedback.State.SENT, sent_at__date__range=(first, last))
    told = [
        is_specific(
            {"situation": each.situation, "behaviour": each.behaviour, "impact": each.impact},
            has_day=each.happened_on is not None,
        )
        for each in given.filter(receiver__manager=me)
    ]
    return Share(sum(told), len(told))


def _kept(sides: Q, first: date, last: date) -> Share:
    due = Commitment.objects.filter(sides, due_on__range=(first, last)).exclude(state=Commitment.State.DROPPED)
    states = list(due.values_list("state", flat=True))
    return Share(states.count(Commitment.State.KEPT), len(states))
