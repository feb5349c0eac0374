"""Working on a task: steps, putting off, closing; and that of two at once only one counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accord.coaching.errors.coaching_tasks import StepTaken, TaskClosed, TaskNotPutOff, TaskPutOff
from accord.coaching.models import CoachingStep, CoachingTask
from accord.coaching.queries.coaching_tasks import path_of, suggested_outcome, tasks_owed
from accord.coaching.services.coaching_tasks import close, resume, snooze, take_step
from accord.coaching.tests.tasks.builders import task_about
from accord.foundation.models import Event
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast: Cast) -> CoachingTask:
    return task_about(cast.xiaozhang)


def suggested(task: CoachingTask) -> str | None:
    return next((place.kind for place in path_of(task) if place.is_next), None)


def test_the_next_step_is_suggested_in_order_and_none_is_forced(cast: Cast, task: CoachingTask) -> None:
    assert suggested(task) == "evidence"
    take_step(task, "talk", "说了", cast.manager_li)
    assert suggested(task) == "evidence"
    take_step(task, "evidence", "", cast.manager_li)
    assert suggested(task) == "action"
    take_step(task, "action", "每天复盘一单，到月底", cast.manager_li)
    assert suggested(task) is None
    task.refresh_from_db()
    assert task.acted_at is not None
    kinds = Event.objects.filter(name="coaching_task.step_taken").order_by("id").values_list("payload__kind", flat=True)
    assert list(kinds) == ["talk", "evidence", "action"]
    assert Event.objects.filter(name="coaching_task.step_taken").first().actor == cast.manager_li.user  # type: ignore[union-attr]


def test_an_agreed_action_says_what(cast: Cast, task: CoachingTask) -> None:
    with pytest.raises(ValueError, match="note"):
        take_step(task, "action", "  ", cast.manager_li)
    assert not CoachingStep.objects.exists()


def test_the_same_step_twice_counts_once(cast: Cast, task: CoachingTask) -> None:
    take_step(task, "talk", "第一次", cast.manager_li)
    with pytest.raises(StepTaken) as caught:
        take_step(task, "talk", "第二次", cast.manager_li)
    assert cast.manager_li.name in str(caught.value)
    assert CoachingStep.objects.get().note == "第一次"


def test_a_task_is_put_off_once_and_comes_back(cast: Cast, task: CoachingTask) -> None:
    today = timezone.localdate()
    until = today + timedelta(days=10)
    snooze(task, until, "小张休假", cast.manager_li)
    with pytest.raises(TaskPutOff):
        snooze(task, today + timedelta(days=20), "还是不行", cast.manager_li)
    task.refresh_from_db()
    assert (task.state, task.snoozed_until, task.snooze_reason) == ("snoozed", until, "小张休假")
    assert list(tasks_owed(cast.manager_li, today)) == []
    assert list(tasks_owed(cast.manager_li, until)) == [task]
    resume(task, cast.manager_li)
    with pytest.raises(TaskNotPutOff):
        resume(task, cast.executive_chen)
    assert list(tasks_owed(cast.manager_li, today)) == [task]


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_a_task_is_put_off_for_thirty_days_at_most(cast: Cast, task: CoachingTask, days: int) -> None:
    with pytest.raises(ValueError, match="30 days"):
        snooze(task, timezone.localdate() + timedelta(days=days), "原因", cast.manager_li)
    with pytest.raises(ValueError, match="reason"):
        snooze(task, timezone.localdate() + timedelta(days=3), " ", cast.manager_li)


def test_a_step_takes_up_what_was_put_off(cast: Cast, task: CoachingTask) -> None:
    snooze(task, timezone.localdate() + timedelta(days=10), "小张休假", cast.manager_li)
    take_step(task, "evidence", "", cast.manager_li)
    task.refresh_from_db()
    assert (task.state, task.snoozed_until) == ("open", None)


def test_a_closed_task_is_closed_once_and_for_all(cast: Cast, task: CoachingTask) -> None:
    close(task, "target_wrong", "淡季", cast.manager_li)
    for again in (
        lambda: close(task, "helped", "", cast.manager_li),
        lambda: take_step(task, "talk", "", cast.manager_li),
        lambda: snooze(task, timezone.localdate() + timedelta(days=1), "原因", cast.manager_li),
    ):
        with pytest.raises(TaskClosed):
            again()
    task.refresh_from_db()
    assert (task.outcome, task.outcome_note) == ("target_wrong", "淡季")
    assert Event.objects.get(name="coaching_task.closed").payload == {
        "task_id": task.pk,
        "outcome": "target_wrong",
        "alert_id": task.alert_id,
    }


def test_something_else_says_what(cast: Cast, task: CoachingTask) -> None:
    with pytest.raises(ValueError, match="says what"):
        close(task, "other", "", cast.manager_li)
    with pytest.raises(ValueError, match="outcome"):
        close(task, "", "", cast.manager_li)


def test_a_recovery_suggests_its_outcome(cast: Cast, task: CoachingTask) -> None:
    assert suggested_outcome(task, path_of(task)) == ""
    task.alert.state = "cleared"
    assert suggested_outcome(task, path_of(task)) == "recovered"
    take_step(task, "action", "每天复盘", cast.manager_li)
    assert suggested_outcome(task, path_of(task)) == "helped"
