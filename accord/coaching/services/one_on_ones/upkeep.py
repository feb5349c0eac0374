"""What time and the organisation do to one-on-ones: they pass without a word, end by themselves, follow a manager."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from accord.coaching.errors.one_on_ones import RhythmRefused
from accord.coaching.models import AgendaPoint, OneOnOne, Pairing
from accord.coaching.notices import one_on_ones as notices
from accord.coaching.queries.feedback_agenda import words_for
from accord.coaching.services.one_on_ones import recording
from accord.coaching.services.one_on_ones.arranging import end_pairing, plan_of
from accord.coaching.services.one_on_ones.meeting import end
from accord.coaching.services.one_on_ones.points import carry_over, stand_again
from accord.coaching.services.one_on_ones.slots import plan_ahead
from accord.coaching.services.one_on_ones.telling import tell_about_rhythm, tell_about_talk
from accord.people.models import Employee

PATIENCE = timedelta(hours=24)
"""How long after its time a talk nobody began still waits."""

LONGEST_TALK = timedelta(hours=12)
"""A talk that was begun and never ended is taken to be over after this."""

State = OneOnOne.State


def notice_missed(now: datetime | None = None) -> int:
    """Take the talks whose day has passed for skipped without a word, and tell both; return how many."""
    now = now or timezone.now()
    passed = OneOnOne.objects.filter(state=State.PLANNED, begun_at=None, planned_at__lt=now - PATIENCE)
    return sum(_miss(talk, now) for talk in passed.select_related("pairing__manager__user", "pairing__employee__user"))


def end_forgotten(now: datetime | None = None) -> int:
    """End the talks that somebody began and nobody ended; return how many."""
    now = now or timezone.now()
    forgotten = OneOnOne.objects.filter(state=State.PLANNED, begun_at__lt=now - LONGEST_TALK)
    talks = list(forgotten.select_related("pairing"))
    for talk in talks:
        end(talk, None, (talk.begun_at or talk.planned_at) + timedelta(minutes=talk.minutes))
    return len(talks)


def follow_managers(now: datetime | None = None) -> int:
    """End the rhythms of two who are no longer manager and employee, and begin them with the manager of today.

    Return how many ended. The rhythm, the time and the employee's own open points go along; what the former manager put
    on the agenda, and every note, stays where it was written.
    """
    now = now or timezone.now()
    left = Q(employee__status=Employee.Status.LEFT) | Q(manager__status=Employee.Status.LEFT)
    led_by_another = ~Q(manager=F("employee__manager")) | Q(employee__manager=None)
    astray = Pairing.objects.exclude(state=Pairing.State.ENDED).filter(led_by_another | left)
    people = ("employee__user", "employee__manager__user", "manager__user")
    return sum(_follow(pairing, now) for pairing in astray.select_related(*people).order_by("pk"))


@transaction.atomic
def _miss(talk: OneOnOne, now: datetime) -> bool:
    waits = OneOnOne.objects.filter(pk=talk.pk, state=State.PLANNED, begun_at=None, sequence=talk.sequence)
    if not waits.update(state=State.SKIPPED):
        return False
    recording.of_talk("skipped", talk, None, with_word=False)
    manager, employee = talk.pairing.manager, talk.pairing.employee
    tell_about_talk(talk, notices.TALK_MISSED, manager, employee)
    tell_about_talk(talk, notices.TALK_MISSED, employee, manager)
    carry_over(talk.pairing, now)
    return True


@transaction.atomic
def _follow(pairing: Pairing, now: datetime) -> bool:
    employee, successor = pairing.employee, pairing.employee.manager
    if not end_pairing(pairing, now):
        return False
    has_left = Employee.Status.LEFT
    if successor is None or successor == pairing.manager or has_left in (employee.status, successor.status):
        return True
    following = _begin_anew(pairing, successor, now)
    if following is not None:
        plan_ahead(following, now)
        _take_along(pairing, following)
        tell_about_rhythm(following, notices.RHYTHM_FOLLOWED, employee, successor)
        tell_about_rhythm(following, notices.RHYTHM_FOLLOWED, successor, employee)
    return True


def _begin_anew(pairing: Pairing, manager: Employee, now: datetime) -> Pairing | None:
    """The same rhythm with another manager; None where they have one already, or the rule has run out."""
    try:
        columns = plan_of(pairing).checked(now)
        with transaction.atomic():
            following = Pairing.objects.create(
                manager=manager, employee=pairing.employee, made_by=pairing.employee, **(columns | {"place": ""})
            )
    except (IntegrityError, RhythmRefused):
        return None
    recording.of_pairing("arranged", following, None, employee_id=pairing.employee_id)
    return following


def _take_along(pairing: Pairing, following: Pairing) -> None:
    """Only what the employee wrote themselves and is still open goes to a manager who was not there."""
    own = AgendaPoint.objects.filter(one_on_one__pairing=pairing, state=AgendaPoint.State.OPEN, author=pairing.employee)
    points = list(own.order_by("pk"))
    talk = OneOnOne.objects.filter(pairing=following, state=State.PLANNED).order_by("planned_at").first()
    if talk is None:
        return
    AgendaPoint.objects.filter(pk__in=[point.pk for point in points]).update(state=AgendaPoint.State.CARRIED)
    again = [stand_again(point, talk) for point in points]
    for point in again:
        point.text, point.text_en = words_for(point, following.employee, following.manager)
    AgendaPoint.objects.bulk_create(again)
