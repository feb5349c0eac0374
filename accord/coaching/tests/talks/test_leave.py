"""Talks and leave: they step aside, are called off where no working day is near, and take place after all."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accord.coaching.jobs.one_on_ones import tend_one_on_ones
from accord.coaching.models import AgendaPoint, Invitation, OneOnOne, Pairing
from accord.coaching.services.one_on_ones import add_point, begin, pause, plan_all, plan_extra, resume
from accord.coaching.services.one_on_ones.stepping_aside import follow_absence, step_aside
from accord.coaching.tests.talks.builders import NOW, a_pair, a_pair_now, next_talk
from accord.foundation.models import Notification
from accord.people.models import Employee, Leave
from tests.cast import Cast

pytestmark = pytest.mark.django_db

State = OneOnOne.State


def away(person: Employee, first: date, last: date) -> Leave:
    leave = Leave.objects.create(employee=person, first_day=first, last_day=last)
    follow_absence(person, NOW)
    return leave


def told(person: Employee) -> list[str]:
    kinds = Notification.objects.filter(recipient=person.user, kind__contains="talk_").order_by("pk")
    return [kind.removeprefix("coaching.talk_") for kind in kinds.values_list("kind", flat=True)]


def planned(pairing: Pairing) -> list[str]:
    talks = pairing.one_on_ones.filter(state=State.PLANNED).order_by("planned_at")
    return [f"{talk.planned_at:%m-%d}" for talk in talks]


def test_a_talk_moves_beside_a_leave_and_the_other_hears_it_once(cast: Cast) -> None:
    pairing = a_pair(cast)
    away(cast.xiaozhang, date(2026, 10, 21), date(2026, 10, 21))
    assert planned(pairing)[:3] == ["10-14", "10-20", "10-28"]
    moved = pairing.one_on_ones.get(planned_at__day=20)
    assert (moved.slot.day, moved.sequence) == (21, 1)
    assert (told(cast.manager_li), told(cast.xiaozhang)) == (["moved_for_leave"], [])
    follow_absence(cast.xiaozhang, NOW)
    assert step_aside(NOW) == plan_all(NOW) == 0
    assert told(cast.manager_li) == ["moved_for_leave"]


def test_a_long_leave_of_either_calls_talks_off_until_it_is_taken_back(cast: Cast) -> None:
    pairing = a_pair(cast)
    begin(next_talk(pairing), cast.manager_li, NOW)
    off = pairing.one_on_ones.get(planned_at__day=21, planned_at__month=10)
    add_point(off, AgendaPoint.Section.GROWTH, "转岗", cast.xiaozhang)
    extra = plan_extra(pairing, NOW.replace(day=23), cast.xiaozhang, NOW)
    leave = away(cast.manager_li, date(2026, 10, 12), date(2026, 10, 30))
    assert planned(pairing)[:2] == ["10-14", "11-04"], "the one that runs goes on"
    called_off = pairing.one_on_ones.filter(state=State.CALLED_OFF)
    assert {talk.planned_at.day for talk in called_off} == {21, 23, 28}
    assert told(cast.xiaozhang) == ["off_for_leave"] * 3
    assert AgendaPoint.objects.get(text="转岗", state="open").one_on_one.planned_at.day == 4, "it goes to the next talk"
    leave.delete()
    follow_absence(cast.manager_li, NOW)
    assert planned(pairing)[:4] == ["10-14", "10-21", "10-28", "11-04"]
    assert told(cast.xiaozhang) == ["off_for_leave"] * 3 + ["takes_place"] * 2
    extra.refresh_from_db()
    assert extra.state == State.CALLED_OFF, "beside the rhythm, it is for the two to plan anew"


def test_a_talk_is_called_off_where_another_one_stands_beside_the_leave(cast: Cast) -> None:
    pairing = a_pair(cast)
    off = pairing.one_on_ones.get(planned_at__day=21, planned_at__month=10)
    plan_extra(pairing, off.planned_at.replace(day=20), cast.xiaozhang, NOW)
    away(cast.xiaozhang, date(2026, 10, 21), date(2026, 10, 21))
    assert planned(pairing)[:3] == ["10-14", "10-20", "10-28"]
    assert told(cast.manager_li) == ["planned", "off_for_leave"]


def test_nothing_is_planned_until_further_notice_and_then_the_rhythm_goes_on(cast: Cast) -> None:
    pairing = a_pair(cast)
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(status=Employee.Status.ON_LEAVE)
    follow_absence(cast.xiaozhang, NOW)
    assert planned(pairing) == []
    assert plan_all(NOW) == 0
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(status=Employee.Status.ACTIVE)
    follow_absence(cast.xiaozhang, NOW)
    assert planned(pairing)[:2] == ["10-14", "10-21"]


def test_the_nightly_upkeep_takes_up_leave_that_nobody_followed(cast: Cast) -> None:
    pairing = a_pair_now(cast)
    talk = next_talk(pairing)
    Leave.objects.create(employee=cast.xiaozhang, first_day=timezone.localdate(), last_day=date.max)
    tend_one_on_ones.call()
    talk.refresh_from_db()
    assert (talk.state, planned(pairing)) == (State.CALLED_OFF, [])


def test_calendars_hear_that_a_talk_takes_place_after_all(cast: Cast, settings: pytest.MonkeyPatch) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    pairing = a_pair_now(cast)
    talk = next_talk(pairing)
    Invitation.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    pause(pairing, cast.manager_li)
    Invitation.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    resume(pairing, cast.manager_li)
    methods = Invitation.objects.filter(one_on_one=talk, receiver=cast.xiaozhang).order_by("sequence")
    assert list(methods.values_list("method", "sequence")) == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
