"""Delegates do no more than what they stand in for; nobody decides about themselves; who was too late is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accord.foundation.clock import organisation_day
from accord.people.models import Employee
from accord.workflow.errors.flows import ConcernedCannotDecide, NotYourTask
from accord.workflow.errors.forms import FillClosed
from accord.workflow.models import FlowDelegation, FlowInstance, FlowTask, FormFill
from accord.workflow.queries.flows import inbox
from accord.workflow.services import flows
from accord.workflow.services.fills import settle_conflict
from accord.workflow.services.flow_turns import end_turn, send_off
from accord.workflow.services.flows.deadlines import follow_deadlines
from accord.workflow.tests.flows.builders import approve, open_at, published, started, task_of
from accord.workflow.tests.form_samples import field, filled_by
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db

OPINION = field("opinion", label="主管意见", rights={"start": "hide", "lead": "edit"})
CC = {"kind": "cc", "key": "told"}


def stands_in(delegate: Employee, delegator: Employee) -> None:
    today = organisation_day()
    FlowDelegation.objects.create(delegator=delegator, delegate=delegate, valid_from=today, valid_to=today)


def with_form(cast: Cast, *nodes: dict[str, Any]) -> FlowInstance:
    fill = filled_by(cast.xiaozhang, (field("summary", label="一句话总结"), OPINION))
    FormFill.objects.filter(pk=fill.pk).update(answers={"summary": "签下三家"})
    return send_off(published(*nodes), cast.xiaozhang, fill, "四月", {})


def opened(person: Employee, instance: FlowInstance) -> Any:
    return client_of(person).get(reverse("workflow:instance", args=[instance.pk]))


def test_what_somebody_was_told_is_not_for_their_delegate(cast: Cast) -> None:
    instance = with_form(
        cast,
        {**CC, "approvers": [{"by": "named", "employees": [cast.manager_li.employee_no]}]},
        approve("hr", cast.hrbp_wang),
    )
    stands_in(cast.stranger, cast.manager_li)
    assert opened(cast.manager_li, instance).status_code == 200
    FlowTask.objects.filter(kind="cc").update(state="open")
    assert opened(cast.stranger, instance).status_code == 404
    fill = reverse("workflow:fill", args=[instance.fill_id])
    assert client_of(cast.stranger).get(fill).status_code == 404


def test_a_delegate_does_not_decide_about_themselves(cast: Cast) -> None:
    lead = approve("lead", cast.manager_li, step="lead")
    instance = started(cast.hrbp_wang, lead, person=cast.xiaozhang)
    stands_in(cast.xiaozhang, cast.manager_li)
    task = task_of(cast.manager_li)
    assert task not in inbox(cast.xiaozhang)
    with pytest.raises(NotYourTask):
        flows.agree(task, cast.xiaozhang)
    assert client_of(cast.xiaozhang).post(reverse("workflow:act", args=[task.pk, "agree"])).status_code == 403
    assert open_at(instance) == {"李经理"}


@pytest.mark.parametrize("verb", ["transfer", "add"])
def test_whom_it_is_about_is_not_called_in_to_decide(cast: Cast, verb: str) -> None:
    started(cast.hrbp_wang, approve("lead", cast.manager_li, may=["transfer", "add"]), person=cast.xiaozhang)
    task = task_of(cast.manager_li)
    with pytest.raises(ConcernedCannotDecide):
        if verb == "transfer":
            flows.transfer(task, cast.manager_li, cast.xiaozhang)
        else:
            flows.add_approver(task, cast.manager_li, cast.xiaozhang, "before")


def test_an_overdue_decision_does_not_rise_to_whom_it_is_about(cast: Cast) -> None:
    overdue = {"days": 1, "then": "escalate"}
    instance = started(cast.hrbp_wang, approve("lead", cast.colleague, deadline=overdue), person=cast.manager_li)
    follow_deadlines(timezone.now() + timedelta(days=2))
    assert "李经理" not in open_at(instance)


def test_who_was_too_late_is_told_so_on_the_page(cast: Cast) -> None:
    instance = with_form(cast, approve("lead", cast.manager_li, cast.hrbp_wang, mode="any"))
    late = task_of(cast.hrbp_wang)
    flows.agree(task_of(cast.manager_li), cast.manager_li)
    answer = client_of(cast.hrbp_wang).post(reverse("workflow:act", args=[late.pk, "agree"]))
    assert answer.status_code == 409
    assert "李经理" in answer.content.decode()
    assert "签下三家" in opened(cast.hrbp_wang, instance).content.decode()


def test_whose_turn_comes_later_sees_the_flow_and_not_yet_the_form(cast: Cast) -> None:
    instance = with_form(cast, approve("lead", cast.manager_li, cast.hrbp_wang, mode="sequence"))
    page = opened(cast.hrbp_wang, instance)
    assert page.status_code == 200
    assert "签下三家" not in page.content.decode()


def test_two_texts_of_another_step_hold_up_nobody(cast: Cast) -> None:
    instance = with_form(cast, approve("lead", cast.manager_li, step="lead", may=["return"]))
    FormFill.objects.filter(pk=instance.fill_id).update(set_aside={"opinion": {"a": "另一个窗口写的"}})
    flows.return_to(task_of(cast.manager_li), cast.manager_li, "start", "补充数据")
    end_turn(task_of(cast.xiaozhang), cast.xiaozhang)
    assert open_at(instance) == {"李经理"}


def test_two_texts_of_another_step_are_not_thrown_away(cast: Cast) -> None:
    fill = with_form(cast, approve("lead", cast.manager_li, step="lead")).fill
    FormFill.objects.filter(pk=fill.pk).update(set_aside={"opinion": {"a": "另一个窗口写的"}})
    settle_conflict(fill, "start", "opinion", "a", "stored")
    assert FormFill.objects.get(pk=fill.pk).set_aside == {"opinion": {"a": "另一个窗口写的"}}


def test_one_form_is_sent_off_once(cast: Cast) -> None:
    instance = with_form(cast, approve("lead", cast.manager_li))
    with pytest.raises(FillClosed):
        send_off(instance.version, cast.xiaozhang, instance.fill, "又一次", {})
    assert FlowInstance.objects.count() == 1


@pytest.mark.parametrize("reason", ["rule:deadline", "rule:nothing"])
def test_a_reason_does_not_pass_for_a_rule(cast: Cast, reason: str) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li))
    flows.reject(task_of(cast.manager_li), cast.manager_li, reason)
    shown = opened(cast.xiaozhang, instance).content.decode()
    assert reason in shown
    assert "期限" not in shown
