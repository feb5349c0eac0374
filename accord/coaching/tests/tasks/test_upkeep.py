"""What time and the organisation do to tasks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accord.coaching.access.coaching_tasks import led_tasks, task_for
from accord.coaching.jobs.coaching_tasks import follow_departure, follow_import, follow_move
from accord.coaching.models import CoachingTask
from accord.coaching.services.coaching_tasks import snooze, take_step
from accord.coaching.services.task_upkeep import escalate_overdue, follow_reporting_lines, wake_snoozed
from accord.coaching.tests.tasks.builders import task_about
from accord.foundation.models import Event, Job, Notification
from accord.people.models import Employee, OrgClosure
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def task(cast: Cast) -> CoachingTask:
    return task_about(cast.xiaozhang)


def told(person: Employee, kind: str) -> int:
    return Notification.objects.filter(recipient=person.user, kind=f"coaching.{kind}").count()


def test_a_task_without_a_step_goes_up_the_line_level_by_level(cast: Cast) -> None:
    junior = employee("A013", "小陈", cast.east, cast.xiaozhang)
    task = task_about(junior)
    assert escalate_overdue(task.due_on) == 0
    for _ in range(2):
        escalate_overdue(task.due_on + DAY)
    assert [row.receiver for row in task.escalated_to.all()] == [cast.manager_li]
    assert (told(cast.manager_li, "task_escalated"), told(cast.xiaozhang, "task_passed_up")) == (1, 1)
    message = Notification.objects.get(kind="coaching.task_escalated")
    assert message.mode == "at_once"

    task.refresh_from_db()
    assert (task.owner, task.escalations) == (cast.xiaozhang, 1)
    escalate_overdue(task.due_on + DAY)
    assert {row.receiver for row in task.escalated_to.all()} == {cast.manager_li, cast.executive_chen}
    task.refresh_from_db()
    assert escalate_overdue(task.due_on + 30 * DAY) == 0, "nobody stands above the top"
    levels = (
        Event.objects.filter(name="coaching_task.escalated").order_by("id").values_list("payload__level", flat=True)
    )
    assert list(levels) == [1, 2]


def test_a_task_with_a_step_stays_where_it_is(cast: Cast, task: CoachingTask) -> None:
    take_step(task, "evidence", "", cast.manager_li)
    assert escalate_overdue(task.due_on + 30 * DAY) == 0


def test_whoever_it_is_passed_up_to_sees_what_the_owner_sees(cast: Cast, task: CoachingTask) -> None:
    assert not task_for(cast.executive_chen.user, task.pk).is_led
    escalate_overdue(task.due_on + DAY)
    assert task_for(cast.executive_chen.user, task.pk).is_led
    assert task_for(cast.manager_li.user, task.pk).is_led
    assert not task_for(cast.hrbp_wang.user, task.pk).is_led


def test_what_was_put_off_wakes_on_its_day(cast: Cast, task: CoachingTask) -> None:
    until = timezone.localdate() + 5 * DAY
    snooze(task, until, "休假", cast.manager_li)
    assert wake_snoozed(until - DAY) == 0
    assert escalate_overdue(until + 3 * DAY) == 0, "nobody is passed over while a task sleeps"
    assert [wake_snoozed(until), wake_snoozed(until)] == [1, 0]
    task.refresh_from_db()
    assert (task.state, task.due_on) == ("open", until)


def test_the_task_moves_to_the_new_manager_with_its_history(cast: Cast, task: CoachingTask) -> None:
    take_step(task, "evidence", "旧经理的笔记", cast.manager_li)
    today = timezone.localdate()
    cast.xiaozhang.manager = cast.stranger_manager
    cast.xiaozhang.save()
    OrgClosure.objects.filter(descendant=cast.xiaozhang, depth__gt=0).update(valid_to=today - DAY)
    for depth, above in enumerate((cast.stranger_manager, cast.executive_chen), 1):
        OrgClosure.objects.create(ancestor=above, descendant=cast.xiaozhang, depth=depth, valid_from=today)

    assert [follow_reporting_lines(today), follow_reporting_lines(today)] == [1, 0]

    task.refresh_from_db()
    assert task.owner == cast.stranger_manager
    assert task.steps.get().note == "旧经理的笔记"
    assert task_for(cast.stranger_manager.user, task.pk).is_led
    assert not led_tasks(cast.manager_li.user).exists()
    assert told(cast.stranger_manager, "task_moved") == 1
    fact = Event.objects.get(name="coaching_task.moved").payload
    assert fact == {"task_id": task.pk, "before": cast.manager_li.pk, "after": cast.stranger_manager.pk}


def test_a_task_closes_itself_when_nobody_is_left_for_it(cast: Cast, task: CoachingTask) -> None:
    other = task_about(cast.colleague)
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(status=Employee.Status.LEFT)
    Employee.objects.filter(pk=cast.colleague.pk).update(manager=None)
    assert follow_reporting_lines(timezone.localdate()) == 2
    task.refresh_from_db()
    other.refresh_from_db()
    assert (task.state, task.closed_because) == ("closed", "left")
    assert (other.state, other.closed_because) == ("closed", "no_manager")


def test_many_changes_of_the_line_are_followed_by_one_job(cast: Cast) -> None:
    follow_move(cast.xiaozhang.pk, "2026-10-05", {"position": ["a", "b"]})
    assert not Job.objects.exists()
    follow_move(cast.xiaozhang.pk, "2026-10-05", {"manager": ["a", "b"]})
    follow_departure(cast.xiaozhang.pk, "2026-10-05")
    follow_import(1, {"created": 3})
    assert Job.objects.count() == 1
