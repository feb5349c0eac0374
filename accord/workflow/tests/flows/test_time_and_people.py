"""Deadlines, waiting, delegates, and people who leave in mid-flow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accord.foundation.clock import organisation_day
from accord.foundation.models import Notification
from accord.people.models import Employee, RoleGrant
from accord.people.services.employment import leave
from accord.workflow.errors import flows as errors
from accord.workflow.models import FlowTask
from accord.workflow.queries.flows import inbox
from accord.workflow.services import flows
from accord.workflow.services.flows.deadlines import follow_deadlines, wake_due
from accord.workflow.services.flows.leavers import hand_over_tasks, sweep_leavers
from accord.workflow.services.flows.telling import tell_open_tasks
from accord.workflow.tests.flows.builders import again, approve, open_at, started, task_of, told, where
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def gone(*people: Employee) -> None:
    """They have left, as an import would write it, without anybody being told."""
    Employee.objects.filter(pk__in=[person.pk for person in people]).update(status="left")


def overdue(then: str) -> dict[str, object]:
    return {"deadline": {"days": 2, "then": then}}


@pytest.mark.parametrize(
    ("then", "stands", "owed", "act"),
    [
        ("remind", ("running", "one"), {"李经理"}, "reminded"),
        ("escalate", ("running", "one"), {"陈总"}, "escalated"),
        ("pass", ("running", "two"), {"王HRBP"}, "passed"),
        ("return", ("running", "start"), {"小张"}, "returned"),
    ],
)
def test_what_is_overdue_follows_its_rule_once(
    cast: Cast, then: str, stands: tuple[str, str], owed: set[str], act: str
) -> None:
    instance = started(cast.xiaozhang, approve("one", cast.manager_li, **overdue(then)), approve("two", cast.hrbp_wang))
    late = timezone.now() + 2 * DAY
    assert follow_deadlines(late - timedelta(hours=1)) == 0
    assert [follow_deadlines(late), follow_deadlines(late)] == [1, 0]
    assert (where(instance), open_at(instance)) == (stands, owed)
    assert told(instance)[1:] == [(act, None, "rule:deadline")]


def test_up_the_line_it_goes_level_by_level_and_stays_at_the_top(cast: Cast) -> None:
    instance = started(cast.stranger, approve("one", cast.xiaozhang, **overdue("escalate")))
    for days, owner in ((3, "李经理"), (6, "陈总"), (9, "陈总"), (12, "陈总")):
        follow_deadlines(timezone.now() + days * DAY)
        assert open_at(instance) == {owner}
    kinds = [kind for kind, _, _ in told(instance)]
    assert kinds == ["started", "escalated", "escalated", "reminded"]


def test_a_wait_is_over_by_itself(cast: Cast) -> None:
    instance = started(cast.xiaozhang, {"kind": "wait", "key": "cool", "days": 2}, approve("one", cast.manager_li))
    assert (where(instance), open_at(instance)) == (("running", "cool"), set())
    assert [wake_due(timezone.now() + days * DAY) for days in (1, 3, 3)] == [0, 1, 0]
    assert where(instance) == ("running", "one")


def test_a_delegate_acts_for_somebody_who_is_away(cast: Cast) -> None:
    today = organisation_day()
    instance = started(cast.xiaozhang, approve("one", cast.manager_li))
    delegation = flows.delegate(cast.manager_li, cast.stranger, today, today + DAY, "休假")
    task = inbox(cast.stranger).get()
    assert task.assignee == cast.manager_li
    tell_open_tasks()
    told_of = Notification.objects.order_by("pk").values_list("recipient__name", "kind")
    assert list(told_of) == [("李经理", "flow.asked"), ("外人", "flow.asked_for_another")]
    flows.agree(task, cast.stranger, "代批")
    assert where(instance) == ("finished", "")
    act = instance.acts.get(kind="agreed")
    assert (act.actor, act.other) == (cast.stranger, cast.manager_li)

    started(cast.xiaozhang, approve("one", cast.manager_li))
    flows.end_delegation(delegation, cast.manager_li)
    assert not inbox(cast.stranger).exists()
    with pytest.raises(errors.NotYourTask):
        flows.agree(task_of(cast.manager_li), cast.stranger)
    with pytest.raises(errors.DelegationOver):
        flows.end_delegation(delegation, cast.manager_li)


def test_a_delegate_neither_signs_nor_decides_about_their_own(cast: Cast) -> None:
    today = organisation_day()
    flows.delegate(cast.manager_li, cast.xiaozhang, today, today)
    started(cast.xiaozhang, approve("one", cast.manager_li))
    assert not inbox(cast.xiaozhang).exists()
    with pytest.raises(errors.NotYourTask):
        flows.agree(task_of(cast.manager_li), cast.xiaozhang)
    started(cast.colleague, {"kind": "sign", "key": "sign", "days": 7, "approvers": [{"by": "manager"}]})
    assert [task.kind for task in inbox(cast.manager_li)] == ["sign", "approve"]
    assert not inbox(cast.xiaozhang).exists()


def test_a_circle_of_delegates_is_refused_and_a_delegates_delegate_is_nobodys(cast: Cast) -> None:
    today = organisation_day()
    li, wang, chen = cast.manager_li, cast.hrbp_wang, cast.executive_chen
    flows.delegate(li, wang, today, today + 5 * DAY)
    flows.delegate(wang, chen, today + 5 * DAY, today + 9 * DAY)
    for delegator, to, error in (
        (wang, li, errors.CircularDelegation),
        (chen, li, errors.CircularDelegation),
        (chen, chen, errors.DelegatesToThemselves),
    ):
        with pytest.raises(error):
            flows.delegate(delegator, to, today, today + 5 * DAY)
    flows.delegate(wang, li, today + 6 * DAY, today + 7 * DAY)
    for first, last in ((today, today - DAY), (today - DAY, today - DAY), (today, today + 400 * DAY)):
        with pytest.raises(errors.DelegationNotPossible):
            flows.delegate(li, cast.stranger, first, last)


def test_what_a_leaver_owed_goes_to_their_manager(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    instance = started(cast.stranger, approve("one", cast.manager_li, cast.hrbp_wang, mode="sequence"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        leave(cast.manager_li)
    assert open_at(instance) == {"陈总"}
    assert told(instance)[-1] == ("succeeded", None, "rule:left")
    hand_over_tasks(cast.manager_li.pk, "")
    assert open_at(instance) == {"陈总"}
    flows.agree(task_of(cast.executive_chen), cast.executive_chen)
    assert open_at(instance) == {"王HRBP"}, "the order of the sequence is kept"


def test_past_managers_who_left_too_and_to_the_administrator_when_nobody_is_left(cast: Cast) -> None:
    instance = started(cast.stranger, approve("one", cast.xiaozhang))
    gone(cast.xiaozhang, cast.manager_li, cast.executive_chen)
    assert [sweep_leavers(), sweep_leavers()] == [1, 0]
    assert open_at(instance) == {"郑管理员"}


def test_an_heir_who_is_asked_anyway_decides_once(cast: Cast) -> None:
    instance = started(cast.stranger, approve("one", cast.xiaozhang, cast.manager_li))
    flows.agree(task_of(cast.manager_li), cast.manager_li)
    gone(cast.xiaozhang)
    sweep_leavers()
    assert where(instance) == ("finished", "")


def test_with_nobody_left_at_all_it_ends(cast: Cast) -> None:
    RoleGrant.objects.filter(role="administrator").delete()
    instance = started(cast.stranger, approve("one", cast.xiaozhang))
    gone(cast.xiaozhang, cast.manager_li, cast.executive_chen)
    sweep_leavers()
    assert where(instance)[0] == "rejected"


def test_a_request_whose_starter_left_comes_back_to_their_manager(cast: Cast) -> None:
    instance = started(cast.xiaozhang, approve("one", cast.hrbp_wang))
    gone(cast.xiaozhang)
    flows.return_to(task_of(cast.hrbp_wang), cast.hrbp_wang, "start", "请补充")
    assert open_at(instance) == {"李经理"}


def test_only_people_who_work_here_are_asked(cast: Cast) -> None:
    gone(cast.manager_li)
    instance = started(cast.xiaozhang, approve("one", {"by": "manager"}))
    assert open_at(instance) == {"陈总"}
    chain = started(cast.xiaozhang, approve("one", {"by": "managers", "up_to": 3}))
    assert open_at(chain) == {"陈总"}


def test_each_way_of_finding_people(cast: Cast) -> None:
    cast.east.head = cast.xiaozhang
    cast.east.save()
    cast.sales.head = cast.manager_li
    cast.sales.save()
    junior = employee("A099", "小新", cast.east, cast.xiaozhang)
    for rule, people in (
        ({"by": "manager", "level": 2}, {"李经理"}),
        ({"by": "managers", "up_to": 2}, {"小张", "李经理"}),
        ({"by": "head"}, {"小张"}),
        ({"by": "head", "level": 2}, {"李经理"}),
        ({"by": "hrbp"}, {"王HRBP"}),
        ({"by": "role", "role": "auditor"}, {"钱审计"}),
        ({"by": "self"}, {"小新"}),
    ):
        assert open_at(started(cast.stranger, approve("one", rule), person=junior)) == people, rule
    assert open_at(started(cast.stranger, approve("one", {"by": "head"}), person=cast.xiaozhang)) == {"李经理"}, (
        "nobody is asked about themselves as the head of their unit"
    )
    assert open_at(started(cast.stranger, approve("one", {"by": "starter"}), person=junior)) == {"外人"}


def test_people_are_told_many_at_once_and_once(cast: Cast) -> None:
    statements = []
    for count in (10, 20):
        for _ in range(count):
            started(cast.xiaozhang, approve("one", cast.manager_li, cast.hrbp_wang))
        with CaptureQueriesContext(connection) as captured:
            assert tell_open_tasks() == 2 * count
        statements.append(len(captured))
    assert statements[0] == statements[1]
    assert tell_open_tasks() == 0
    messages = Notification.objects.filter(kind="flow.asked")
    assert (messages.count(), {message.mode for message in messages}) == (60, {"digest"})
    assert not FlowTask.objects.filter(is_told=False).exists()


def test_the_starter_hears_of_the_end_and_of_returns(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        instance = started(cast.xiaozhang, approve("one", cast.manager_li))
        flows.return_to(task_of(cast.manager_li), cast.manager_li, "start", "请重写")
        flows.hand_in(task_of(cast.xiaozhang), cast.xiaozhang)
        flows.agree(task_of(cast.manager_li), cast.manager_li)
    told_of = Notification.objects.filter(recipient=cast.xiaozhang.user).order_by("pk")
    assert [message.kind for message in told_of] == ["flow.returned", "flow.approved"]
    assert again(instance).state == "finished"
