"""Talks step aside where one of the two is away, and take place after all where they are back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accord.coaching.errors.one_on_ones import TalkChanged, TalkOver, TalkRuns, TimeTaken
from accord.coaching.models import OneOnOne, Pairing
from accord.coaching.notices import one_on_ones as notices
from accord.coaching.queries.absences import Absences
from accord.coaching.services.one_on_ones.meeting import call_off, put_at
from accord.coaching.services.one_on_ones.points import carry_over
from accord.coaching.services.one_on_ones.slots import plan_around, wanted_of
from accord.coaching.services.one_on_ones.telling import tell_of_talk
from accord.foundation.clock import organisation_day
from accord.people.models import Employee
from accord.people.queries.leaves import people_away

State = OneOnOne.State


def follow_absence(person: Employee, now: datetime | None = None) -> None:
    """Bring the talks of somebody in line with when they are away now; whoever they talk with is told."""
    step_aside(now, [person.pk])
    for talk in plan_around(person, now):
        tell_of_talk(talk, notices.TALK_TAKES_PLACE, person)


@transaction.atomic
def step_aside(now: datetime | None = None, people: Collection[int] | None = None) -> int:
    """Move the talks ahead that fall on days away, of `people` or of everybody; call off those for which no day near is
    worked. Return how many.
    """
    now = now or timezone.now()
    talks = list(_ahead(people_away(organisation_day(now)) if people is None else people, now))
    absences = Absences.of([talk.pairing for talk in talks], now)
    caught = [(talk, away) for talk in talks if (away := absences.who(talk.pairing, _day_of(talk)))]
    wanted = wanted_of({talk.pairing_id: talk.pairing for talk, _ in caught}, now)
    places = {(key, moment.slot): moment.planned for key, moments in wanted.items() for moment in moments}
    return sum(_step(talk, away, places.get((talk.pairing_id, talk.slot)), now) for talk, away in caught)


def _ahead(people: Collection[int], now: datetime) -> QuerySet[OneOnOne]:
    theirs = Q(pairing__manager__in=people) | Q(pairing__employee__in=people)
    ahead = OneOnOne.objects.filter(
        theirs, pairing__state=Pairing.State.ACTIVE, state=State.PLANNED, begun_at=None, planned_at__gt=now
    )
    return ahead.select_related("pairing__manager__user", "pairing__employee__user").order_by("planned_at", "pk")


def _day_of(talk: OneOnOne) -> date:
    """The day it is planned for on the pair's own clock."""
    return talk.planned_at.astimezone(ZoneInfo(talk.pairing.time_zone)).date()


def _step(talk: OneOnOne, away: Employee, to: datetime | None, now: datetime) -> bool:
    """To another moment, or off where there is none or another talk of the two stands there."""
    try:
        if to is not None:
            put_at(talk, to, away, now)
            tell_of_talk(talk, notices.TALK_MOVED_FOR_LEAVE, away)
            return True
    except (TalkChanged, TalkOver, TalkRuns):
        return False
    except TimeTaken:
        pass
    if not call_off(talk, now):
        return False
    tell_of_talk(talk, notices.TALK_OFF_FOR_LEAVE, away)
    carry_over(talk.pairing, now)
    return True
