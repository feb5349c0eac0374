"""A manager's mirror counts their own three months, and nothing of anybody else."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accord.coaching.models import CoachingStep, CoachingTask, Commitment, OneOnOne, Pairing
from accord.coaching.queries.coaching_mirror import mirror_of
from accord.coaching.tests.plans.builders import feedback
from accord.coaching.tests.tasks.builders import task_about
from accord.domain.coaching_mirror import Share
from accord.people.models import Employee
from tests.cast import Cast, client_of

FIRST, LAST = date(2026, 8, 1), date(2026, 10, 31)
WITHIN = date(2026, 9, 15)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=10)))


def talk(manager: Employee, person: Employee, day: date, state: str) -> None:
    pair, _ = Pairing.objects.get_or_create(
        manager=manager,
        employee=person,
        defaults={
            "rhythm": "FREQ=MONTHLY",
            "starts_on": FIRST,
            "begins_at": "10:00",
            "time_zone": "Asia/Shanghai",
            "made_by": manager,
        },
    )
    ended = at(day) if state == "held" else None
    OneOnOne.objects.create(
        pairing=pair, slot=at(day), planned_at=at(day), minutes=30, state=state, begun_at=ended, ended_at=ended
    )


def promise(owner: Employee, partner: Employee, due_on: date, state: str) -> None:
    closed = None if state == "open" else at(due_on)
    Commitment.objects.create(
        owner=owner, partner=partner, text="x", due_on=due_on, state=state, made_by=owner, closed_at=closed
    )


def test_it_counts_what_the_manager_did_in_these_months(cast: Cast) -> None:
    li, zhang = cast.manager_li, cast.xiaozhang
    for days, state in ((0, "held"), (7, "skipped"), (14, "called_off"), (90, "held")):
        talk(li, zhang, WITHIN + timedelta(days=days), state)
    for owner, partner, state in (
        (li, zhang, "kept"),
        (li, zhang, "open"),
        (li, zhang, "dropped"),
        (zhang, li, "kept"),
    ):
        promise(owner, partner, WITHIN, state)
    promise(li, cast.executive_chen, WITHIN, "open")
    promise(cast.stranger_manager, cast.stranger, WITHIN, "open")
    feedback(zhang, li, sent_at=at(WITHIN))
    feedback(zhang, li, situation="", behaviour="你总体不错", impact="", sent_at=at(WITHIN))
    feedback(zhang, cast.colleague, sent_at=at(WITHIN))
    seen = mirror_of(li, FIRST, LAST)
    assert (seen.talks, seen.own_word, seen.their_word) == (Share(1, 2), Share(1, 2), Share(1, 1))
    assert seen.specific.of == 2
    above = mirror_of(cast.executive_chen, FIRST, LAST)
    assert (above.talks.of, above.specific.of, above.own_word.of) == (0, 0, 0)
    assert above.their_word == Share(0, 1)


def test_the_wait_runs_from_the_alert_to_ones_own_first_talk(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    CoachingTask.objects.filter(pk=task.pk).update(opened_at=at(WITHIN))
    type(task.alert).objects.filter(pk=task.alert_id).update(raised_at=at(WITHIN))
    assert (mirror_of(cast.manager_li, FIRST, LAST).waits, mirror_of(cast.manager_li, FIRST, LAST).untalked) == ([], 1)
    for kind, days, by in (
        ("evidence", 1, cast.manager_li),
        ("action", 3, cast.executive_chen),
        ("talk", 5, cast.manager_li),
    ):
        step = CoachingStep.objects.create(task=task, kind=kind, taken_by=by)
        CoachingStep.objects.filter(pk=step.pk).update(taken_at=at(WITHIN + timedelta(days=days)))
    seen = mirror_of(cast.manager_li, FIRST, LAST)
    assert (seen.waits, seen.untalked) == ([5], 0)


@pytest.mark.parametrize("name", ["manager_li", "stranger_manager"])
def test_an_empty_mirror_says_so_and_suggests_nothing(cast: Cast, name: str) -> None:
    page = client_of(getattr(cast, name)).get(reverse("coaching:mirror")).content.decode()
    assert "mirror-try" not in page
    assert "empty" in page
