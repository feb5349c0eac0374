"""What an alert does to its coaching task."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accord.alerts.models import Alert
from accord.alerts.services.evaluation import evaluate
from accord.alerts.tests.builders import kpi, measure
from accord.coaching.models import CoachingTask
from accord.coaching.services import coaching_tasks
from accord.coaching.services.following_alerts import close_withdrawn_task, open_coaching_task, suggest_outcome
from accord.coaching.tests.tasks.builders import LATER, W40, W41, W42, W43, alert_about, task_about
from accord.foundation.models import Event, Notification
from accord.people.models import Employee
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def told(person: Employee) -> list[str]:
    return list(Notification.objects.filter(recipient=person.user).order_by("id").values_list("kind", flat=True))


def test_the_line_manager_gets_one_task_and_is_told_once(cast: Cast) -> None:
    alert = alert_about(cast.xiaozhang, name="甲签约额")
    open_coaching_task(alert.pk)
    open_coaching_task(alert.pk)
    task = CoachingTask.objects.get()
    assert (task.owner, task.employee, task.state) == (cast.manager_li, cast.xiaozhang, "open")
    assert task.due_on == timezone.localdate() + timedelta(days=7)
    assert Event.objects.filter(name="coaching_task.opened", subject=f"coaching_tasks:{task.pk}").count() == 1
    (message,) = Notification.objects.all()
    assert message.recipient == cast.manager_li.user
    assert message.values["metric"] == "甲签约额"
    assert (message.values["earlier"], message.values["period"]) == ("2026-W40", "2026-W41")


def test_from_a_value_to_a_task_in_one_go(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    measure(kpi(cast.xiaozhang), {W40: 80, W41: 90})
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        evaluate([W41], LATER)
    assert CoachingTask.objects.get().owner == cast.manager_li
    assert told(cast.manager_li) == ["coaching.task_opened"]


def test_a_units_kpi_is_talked_about_with_its_head(cast: Cast) -> None:
    cast.east.head = cast.manager_li
    cast.east.save()
    task = task_about(cast.east)
    assert (task.employee, task.owner) == (cast.manager_li, cast.executive_chen)


def test_nobody_coaches_the_top_a_headless_unit_or_somebody_who_left(cast: Cast) -> None:
    for subject in (cast.executive_chen, cast.service):
        open_coaching_task(alert_about(subject).pk)
    cast.xiaozhang.status = Employee.Status.LEFT
    cast.xiaozhang.save()
    open_coaching_task(alert_about(cast.xiaozhang).pk)
    assert not CoachingTask.objects.exists()


def test_a_manager_who_left_is_stepped_over(cast: Cast) -> None:
    cast.manager_li.status = Employee.Status.LEFT
    cast.manager_li.save()
    assert task_about(cast.xiaozhang).owner == cast.executive_chen


def test_an_alert_that_is_over_opens_nothing(cast: Cast) -> None:
    alert = alert_about(cast.xiaozhang)
    Alert.objects.update(state="cleared")
    open_coaching_task(alert.pk)
    assert not CoachingTask.objects.exists()


def test_a_recovery_is_told_and_the_task_stays_for_its_outcome(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    suggest_outcome(task.alert_id)
    assert told(cast.manager_li) == ["coaching.task_opened"]
    measure(task.alert.kpi, {W42: 100, W43: 100})
    evaluate([W42, W43], LATER)
    for _ in range(2):
        suggest_outcome(task.alert_id)
    task.refresh_from_db()
    assert task.state == "open"
    assert told(cast.manager_li) == ["coaching.task_opened", "coaching.task_recovered"]


def test_a_withdrawn_alert_closes_its_task_and_a_new_one_opens_it_again(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    measure(task.alert.kpi, {W40: 120})
    evaluate([W40], LATER)
    for _ in range(2):
        close_withdrawn_task(task.alert_id)
    task.refresh_from_db()
    assert (task.state, task.closed_because, task.outcome) == ("closed", "withdrawn", "")
    assert told(cast.manager_li) == ["coaching.task_opened", "coaching.task_withdrawn"]
    assert Event.objects.filter(name="coaching_task.closed").count() == 1

    measure(task.alert.kpi, {W40: 70})
    evaluate([W40], LATER)
    close_withdrawn_task(task.alert_id)
    for _ in range(2):
        open_coaching_task(task.alert_id)
    task.refresh_from_db()
    assert (task.state, task.closed_because) == ("open", "")
    assert told(cast.manager_li)[2:] == ["coaching.task_opened"]


def test_a_task_that_was_closed_stays_closed_when_the_reaction_comes_again(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    coaching_tasks.close(task, "helped", "", cast.manager_li)
    open_coaching_task(task.alert_id)
    task.refresh_from_db()
    assert (task.state, task.outcome) == ("closed", "helped")
