"""A second click is the first one: the same answer, no refusal, and nothing happens or is told twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.coaching.models import (
    Competency,
    DevelopmentPlan,
    Feedback,
    FeedbackRequest,
    LearningRecommendation,
    LearningResource,
    Minutes,
    OneOnOne,
)
from accord.coaching.services.feedback.asking import ask
from accord.coaching.services.recommending import recommend
from accord.coaching.tests.feedback.builders import draft, sent
from accord.coaching.tests.learning.builders import competency, resource
from accord.coaching.tests.minutes.builders import held_talk, written
from accord.coaching.tests.plans.builders import agreed, draft_of
from accord.coaching.tests.talks.builders import a_pair_now, next_talk
from accord.coaching.tests.tasks.builders import task_about
from accord.foundation.clock import organisation_day
from accord.foundation.models import Event, Notification
from accord.people.models import Employee
from tests.cast import Cast, client_of, page_of

Sent = dict[str, Any]


def marks() -> tuple[int, int]:
    """How much happened and was told so far."""
    return Event.objects.count(), Notification.objects.count()


def twice(person: Employee, address: str, told: Sent | None = None) -> Client:
    """Both clicks end in the same place, and the second leaves no trace."""
    client = client_of(person)
    first = client.post(address, told)
    before = marks()
    second = client.post(address, told)
    assert (first.status_code, second.status_code) == (302, 302), (address, second.content.decode()[-1500:])
    assert second["Location"] == first["Location"], address
    assert marks() == before, address
    return client


def refused(answer: HttpResponse, sentence: str) -> None:
    assert answer.status_code == 409
    assert sentence in answer.content.decode()


def test_feedback_is_discarded_withdrawn_and_declined_once(cast: Cast) -> None:
    thrown, kept = draft(cast.xiaozhang, cast.colleague), draft(cast.xiaozhang, cast.colleague)
    mark = page_of(cast.xiaozhang, "coaching:feedback_write", thrown.pk).split('name="shown" value="')[1].split('"')[0]
    gone = reverse("coaching:feedback_discard", args=[thrown.pk])
    client = twice(cast.xiaozhang, gone, {"shown": mark})
    assert list(Feedback.objects.all()) == [kept]
    assert client.post(gone).status_code == 404, "a guessed number"
    assert client.post(reverse("coaching:feedback_discard", args=[kept.pk + 1]), {"shown": mark}).status_code == 404
    assert client_of(cast.stranger).post(gone, {"shown": mark}).status_code == 404
    one = sent(cast.xiaozhang, cast.colleague)
    refused(client.post(reverse("coaching:feedback_discard", args=[one.pk])), "feedback_sent_already")
    twice(cast.xiaozhang, reverse("coaching:feedback_withdraw", args=[one.pk]))
    (asked,) = ask(cast.colleague, [cast.xiaozhang], "上周的培训")
    declining = reverse("coaching:feedback_decline", args=[asked.pk])
    client = twice(cast.xiaozhang, declining, {"note": "没有参加"})
    refused(client.post(declining, {"note": "那天请假"}), "那天请假")
    assert FeedbackRequest.objects.get().decline_note == "没有参加"


def test_a_recommendation_is_declined_once(cast: Cast) -> None:
    skill = competency()
    resource(skill)
    (one,) = recommend(cast.xiaozhang, [skill], "plans:1")
    twice(cast.xiaozhang, reverse("coaching:recommendation_decline", args=[one.pk]))
    assert LearningRecommendation.objects.get().state == "declined"


def test_a_task_is_worked_on_once(cast: Cast) -> None:
    task, day = task_about(cast.xiaozhang), organisation_day() + timedelta(days=3)

    def address(name: str, *more: str) -> str:
        return reverse(f"coaching:{name}", args=[task.pk, *more])

    twice(cast.manager_li, address("snooze"), {"until": day.isoformat(), "reason": "休假"})
    twice(cast.manager_li, address("resume"))
    client = twice(cast.manager_li, address("step", "talk"), {"talk-note": "谈了排期"})
    refused(client.post(address("step", "talk"), {"talk-note": "还谈了预算"}), "还谈了预算")
    client = twice(cast.manager_li, address("close"), {"close-outcome": "helped", "close-note": "好转"})
    refused(client.post(address("close"), {"close-outcome": "helped", "close-note": "别的"}), "别的")


def test_a_talk_is_moved_skipped_and_planned_once(cast: Cast) -> None:
    pairing = a_pair_now(cast)
    talk, day = next_talk(pairing), organisation_day() + timedelta(days=4)
    there = {"day": day.isoformat(), "at": "09:30"}
    moved = {f"move-{name}": value for name, value in there.items()} | {"sequence": talk.sequence}
    moving = reverse("coaching:one_on_one_move", args=[talk.pk])
    twice(cast.manager_li, moving, moved)
    refused(client_of(cast.xiaozhang).post(moving, moved), "one_on_one_changed")
    skipping = reverse("coaching:one_on_one_skip", args=[talk.pk])
    client = twice(cast.manager_li, skipping, {"skip-reason": "出差"})
    refused(client.post(skipping, {"skip-reason": "客户来访"}), "客户来访")
    refused(client_of(cast.xiaozhang).post(skipping, {"skip-reason": "出差"}), "one_on_one_over")
    extra = {f"extra-{name}": value for name, value in there.items()}
    planning = reverse("coaching:pairing_extra", args=[pairing.pk])
    twice(cast.manager_li, planning, extra)
    refused(client_of(cast.xiaozhang).post(planning, extra), "one_on_one_time_taken")
    for name in ("pause", "resume"):
        twice(cast.xiaozhang, reverse(f"coaching:pairing_{name}", args=[pairing.pk]))
    missed = OneOnOne.objects.create(
        pairing=pairing, slot=timezone.now() - timedelta(days=2), planned_at=timezone.now() - timedelta(days=2),
        minutes=30, state="skipped",
    )  # fmt: skip
    twice(cast.manager_li, reverse("coaching:one_on_one_held", args=[missed.pk]))
    refused(client_of(cast.xiaozhang).post(reverse("coaching:one_on_one_held", args=[missed.pk])), "one_on_one_over")


def test_points_and_addresses_change_once(cast: Cast) -> None:
    talk = next_talk(a_pair_now(cast))
    adding = reverse("coaching:one_on_one_point", args=[talk.pk])
    twice(cast.xiaozhang, adding, {"section": "progress", "text": "新人带教"})
    point = talk.points.get()
    twice(cast.xiaozhang, reverse("coaching:agenda_point", args=[point.pk]), {"state": "dropped"})
    twice(cast.xiaozhang, reverse("coaching:calendar_open"))
    assert 'name="seen" value="1"' in page_of(cast.xiaozhang, "coaching:calendar")
    twice(cast.xiaozhang, reverse("coaching:calendar_open"), {"seen": "1"})
    twice(cast.xiaozhang, reverse("coaching:calendar_close"))


def test_minutes_are_begun_laid_out_and_taken_back_once(cast: Cast) -> None:
    talk = held_talk(cast)
    twice(cast.manager_li, reverse("coaching:begin_minutes", args=[talk.pk]))
    refused(client_of(cast.xiaozhang).post(reverse("coaching:begin_minutes", args=[talk.pk])), "minutes_standing")
    made = written(Minutes.objects.get(), cast.manager_li, decisions="广告收窄")
    form = {"do": "confirm", "decisions": "广告收窄", "revision": made.revision, "shown": '{"decisions": "广告收窄"}'}
    page = reverse("coaching:minutes_page", args=[made.pk])
    client = twice(cast.manager_li, page, form)
    refused(client.post(page, form | {"decisions": "又改了"}), "又改了")
    refused(client_of(cast.xiaozhang).post(page, form), "minutes_closed")
    twice(cast.xiaozhang, reverse("coaching:correct_minutes", args=[made.pk]))
    refused(client_of(cast.manager_li).post(reverse("coaching:correct_minutes", args=[made.pk])), "minutes_standing")


def test_plans_change_once(cast: Cast) -> None:
    thrown = draft_of(cast.colleague)
    mark = page_of(cast.colleague, "coaching:plan", thrown.pk).split('name="shown" value="')[1].split('"')[0]
    gone = reverse("coaching:plan_discard", args=[thrown.pk])
    twice(cast.colleague, gone, {"shown": mark})
    assert not DevelopmentPlan.objects.exists()
    assert client_of(cast.colleague).post(gone).status_code == 404
    plan = agreed(cast.xiaozhang)
    (focus,) = plan.focus_areas.all()
    removing = reverse("coaching:plan_remove_focus", args=[plan.pk, focus.pk])
    told = {"edition": plan.edition}
    twice(cast.xiaozhang, removing, told)
    assert client_of(cast.manager_li).post(removing, told).status_code == 404, "somebody else's click"
    twice(cast.manager_li, reverse("coaching:plan_restore", args=[plan.pk]), {"edition": plan.edition + 1})
    closing = reverse("coaching:plan_close", args=[plan.pk])
    client = twice(cast.manager_li, closing, {"close-note": "会议有纪要了"})
    refused(client.post(closing, {"close-note": "还差一点"}), "还差一点")
    refused(client_of(cast.xiaozhang).post(closing, {"close-note": "会议有纪要了"}), "会议有纪要了")


def test_the_library_and_the_framework_are_written_once(cast: Cast) -> None:
    skill = competency()
    words: Sent = {"title": "会议手册", "kind": "book", "competency": skill.pk, "level": "2", "minutes": "60"}
    words |= {"language": "zh", "edition": "0"}
    client = twice(cast.hrbp_wang, reverse("coaching:resource_add"), words)
    assert client.post(reverse("coaching:resource_add"), words | {"minutes": "90"}).status_code == 422
    one = LearningResource.objects.get()
    changing = reverse("coaching:resource_change", args=[one.pk])
    twice(cast.hrbp_wang, changing, words | {"minutes": "90"})
    refused(client_of(cast.administrator).post(changing, words | {"minutes": "90"}), "会议手册")
    retiring = reverse("coaching:resource_retire", args=[one.pk])
    twice(cast.hrbp_wang, retiring, {"edition": "1", "retire": "yes"})
    written: Sent = {"name": "讲清楚", "summary": "说人话", "level1": "能说", "level2": "能写", "edition": "0"}
    twice(cast.hrbp_wang, reverse("coaching:competency_add"), written)
    made = Competency.objects.get(name="讲清楚")
    changing = reverse("coaching:competency_change", args=[made.pk])
    twice(cast.hrbp_wang, changing, written | {"level2": "能教"})
    refused(client_of(cast.administrator).post(changing, written | {"level2": "能教"}), "能教")
    twice(cast.hrbp_wang, reverse("coaching:competency_retire", args=[made.pk]), {"edition": "1", "retire": "yes"})
    made.refresh_from_db()
    one.refresh_from_db()
    assert (made.is_retired, one.is_retired) == (True, True)
