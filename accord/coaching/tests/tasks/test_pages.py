"""The pages of coaching tasks: who sees what, and that every form works without a script."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accord.alerts.services.evaluation import evaluate
from accord.alerts.tests.builders import kpi, measure
from accord.coaching.models import CoachingStep, CoachingTask
from accord.coaching.queries.coaching_tasks import own_data
from accord.coaching.services.coaching_tasks import close, snooze, take_step
from accord.coaching.services.following_alerts import open_coaching_task
from accord.coaching.services.task_upkeep import escalate_overdue
from accord.coaching.tests.tasks.builders import LATER, W40, W41, alert_about, task_about
from tests.cast import Cast
from tests.ladder import Ladder

TODAY = timezone.localdate


class OfTask(Ladder):
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")

    def make(self, cast: Cast) -> CoachingTask:
        return task_about(cast.xiaozhang)

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk]


class TestTaskPage(OfTask):
    url_name = "coaching:task"
    may_open = ("manager_li", "xiaozhang", "hrbp_wang", "executive_chen")


class Change(OfTask):
    method = "post"
    may_open = ("manager_li",)
    refused_to = ("xiaozhang", "hrbp_wang", "executive_chen")


class TestStep(Change):
    url_name = "coaching:step"

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk, "evidence"]


class TestSnooze(Change):
    url_name = "coaching:snooze"

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"until": (TODAY() + timedelta(days=3)).isoformat(), "reason": "休假"}


class TestResume(Change):
    url_name = "coaching:resume"

    def make(self, cast: Cast) -> CoachingTask:
        task = task_about(cast.xiaozhang)
        snooze(task, TODAY() + timedelta(days=3), "休假", cast.manager_li)
        return task


class TestClose(Change):
    url_name = "coaching:close"

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"close-outcome": "helped"}


class TestTaskList(Ladder):
    url_name = "coaching:tasks"
    may_open: ClassVar = ("manager_li", "xiaozhang", "stranger", "administrator")
    hidden_from = ()


@pytest.fixture
def li(client: Client, cast: Cast) -> Client:
    client.force_login(cast.manager_li.user)
    return client


def text_of(client: Client, url: str) -> str:
    return str(client.get(url).content.decode())


def page_for(person: object, task: CoachingTask) -> str:
    client = Client()
    client.force_login(person.user)  # type: ignore[attr-defined]
    return text_of(client, reverse("coaching:task", args=[task.pk]))


def test_notes_are_the_managers_and_what_was_agreed_is_for_both(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    take_step(task, "evidence", "canary-evidence", cast.manager_li)
    take_step(task, "talk", "canary-talk", cast.manager_li)
    take_step(task, "action", "agreed-together", cast.manager_li)
    snooze(task, TODAY() + timedelta(days=2), "canary-reason", cast.manager_li)
    private = ("canary-evidence", "canary-talk", "canary-reason")
    for person in (cast.xiaozhang, cast.hrbp_wang, cast.executive_chen):
        page = page_for(person, task)
        assert "agreed-together" in page
        assert not any(note in page for note in private), person
        assert "<textarea" not in page
    assert all(note in page_for(cast.manager_li, task) for note in (*private, "agreed-together"))
    close(task, "helped", "shared-outcome", cast.manager_li)
    assert "shared-outcome" in page_for(cast.xiaozhang, task)


def test_own_data_holds_ones_own_part_only(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    take_step(task, "talk", "canary-talk", cast.manager_li)
    take_step(task, "action", "agreed-together", cast.manager_li)
    (mine,) = own_data(cast.xiaozhang.user)
    assert [step["note"] for step in mine["steps"]] == ["agreed-together"]
    (recorded,) = own_data(cast.manager_li.user)
    assert [step["note"] for step in recorded["steps"]] == ["canary-talk", "agreed-together"]
    assert "outcome" not in recorded
    assert own_data(cast.stranger.user) == []


def test_a_task_is_walked_through_and_closed_with_forms_alone(li: Client, cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    here = reverse("coaching:task", args=[task.pk])
    for kind, note in (("evidence", ""), ("talk", "谈了物流"), ("action", "每周一起看退货原因")):
        posted = li.post(reverse("coaching:step", args=[task.pk, kind]), {f"{kind}-note": note})
        assert (posted.status_code, posted["Location"]) == (302, here)
    li.post(reverse("coaching:close", args=[task.pk]), {"close-outcome": "helped", "close-note": "见效了"})
    task.refresh_from_db()
    assert (task.state, task.outcome, task.outcome_note) == ("closed", "helped", "见效了")
    page = text_of(li, here)
    assert "每周一起看退货原因" in page
    assert '<form method="post" action="/coaching/' not in page


def test_what_is_missing_is_said_beside_the_field(li: Client, cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    for name, args, payload in (
        ("step", ["action"], {"action-note": ""}),
        ("close", [], {"close-outcome": "other"}),
        ("close", [], {}),
        ("snooze", [], {"until": (TODAY() + timedelta(days=31)).isoformat(), "reason": "休假"}),
        ("snooze", [], {"until": "2026-02-30", "reason": ""}),
    ):
        response = li.post(reverse(f"coaching:{name}", args=[task.pk, *args]), payload)
        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.content.decode()
    assert li.post(reverse("coaching:step", args=[task.pk, "dance"])).status_code == 404
    assert not CoachingStep.objects.exists()


def test_of_two_windows_one_wins_and_the_other_is_told(li: Client, cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    address = reverse("coaching:close", args=[task.pk])
    assert li.post(address, {"close-outcome": "helped"}).status_code == 302
    second = li.post(address, {"close-outcome": "recovered"})
    assert second.status_code == 409
    task.refresh_from_db()
    assert task.outcome == "helped"


def test_the_list_puts_what_is_owed_first(li: Client, cast: Cast) -> None:
    owed, slept, done = (task_about(cast.xiaozhang, name=name) for name in ("甲签约额", "甲回款率", "甲客单价"))
    snooze(slept, TODAY() + timedelta(days=2), "休假", cast.manager_li)
    close(done, "helped", "", cast.manager_li)
    above = alert_about(cast.manager_li, name="甲队签单额")
    open_coaching_task(above.pk)
    task_about(cast.stranger, name="甲解决率")
    page = text_of(li, reverse("coaching:tasks"))
    places = [page.index(name) for name in ("甲签约额", "甲回款率", "甲队签单额", "甲客单价")]
    assert places == sorted(places)
    assert "甲解决率" not in page
    assert owed.state == "open"


def test_what_was_passed_up_is_on_the_list_of_whoever_got_it(client: Client, cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    address = reverse("coaching:task", args=[task.pk])
    client.force_login(cast.executive_chen.user)
    assert address not in text_of(client, reverse("coaching:tasks"))
    escalate_overdue(task.due_on + timedelta(days=1))
    assert address in text_of(client, reverse("coaching:tasks"))


def test_the_alert_leads_to_its_task(li: Client, cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    alert = reverse("alerts:alert", args=[task.alert_id])
    assert reverse("coaching:task", args=[task.pk]) in text_of(li, alert)


@pytest.mark.parametrize("many", [10, 20])
def test_the_list_asks_the_same_for_many(
    li: Client, cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        measure(kpi(cast.xiaozhang), {W40: 80, W41: 90})
    evaluate([W41], LATER)
    from accord.alerts.models import Alert

    for alert in Alert.objects.all():
        open_coaching_task(alert.pk)
    text_of(li, reverse("coaching:tasks"))
    with django_assert_max_num_queries(9):
        text_of(li, reverse("coaching:tasks"))
