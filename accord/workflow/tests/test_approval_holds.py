"""Publishing through approval cannot be walked around: not in the settings, not alone, not with an old answer."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from accord.foundation.models import Event
from accord.people.models import Employee
from accord.workflow.errors import versions as errors
from accord.workflow.models import ArchiveEntry, FlowInstance, FlowTask, Form
from accord.workflow.services.flows import agree, withdraw
from accord.workflow.services.versions import (
    create_definition,
    discard,
    draft_of,
    follow_approval,
    new_draft,
    publish,
    save_draft,
    submit_for_approval,
)
from accord.workflow.tests.test_versions import APPROVAL, TEXT, form_body
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def approved_by(cast: Cast, *approvers: dict[str, Any], **settings: Any) -> Form:
    """A form whose versions pass one approval by these people."""
    node = {**APPROVAL["nodes"][1], "approvers": list(approvers), **settings}
    flow = create_definition("flow", "发布审批", cast.administrator)
    save_draft(draft_of(flow), {"v": 1, "nodes": [APPROVAL["nodes"][0], node]}, 0, cast.administrator)
    publish(draft_of(flow), cast.administrator)
    form = create_definition("form", "月度进展", cast.hrbp_wang, approval_flow=flow)
    save_draft(draft_of(form), form_body(TEXT), 0, cast.hrbp_wang)
    return form


def named(*people: Employee) -> dict[str, Any]:
    return {"by": "named", "employees": [person.employee_no for person in people]}


def set_approval(who: Employee, form: Form, flow_pk: object) -> int:
    client = Client()
    client.force_login(who.user)
    posted = {"name": form.name, "budget_minutes": "5", "approval_flow": flow_pk}
    return client.post(reverse("workflow:form_settings", args=[form.pk]), posted).status_code


def test_whom_an_approval_binds_cannot_lift_it(cast: Cast) -> None:
    form = approved_by(cast, named(cast.executive_chen))
    flow = form.approval_flow_id
    assert set_approval(cast.hrbp_wang, form, "") == 422
    assert Form.objects.get(pk=form.pk).approval_flow_id == flow
    assert set_approval(cast.hrbp_wang, form, flow) == 302
    assert not ArchiveEntry.objects.filter(kind="form.settings_changed").exists()


def test_lifting_an_approval_is_kept_for_good(cast: Cast) -> None:
    form = approved_by(cast, named(cast.executive_chen))
    assert set_approval(cast.administrator, form, "") == 302
    assert Form.objects.get(pk=form.pk).approval_flow_id is None
    kept = ArchiveEntry.objects.get(kind="form.settings_changed")
    assert kept.subject == f"forms:{form.pk}"
    assert Event.objects.get(name="definition.changed").actor == cast.administrator.user


def test_nobody_approves_what_they_send_in_themselves(cast: Cast) -> None:
    for approver in (named(cast.hrbp_wang), {"by": "named", "employees": ["gone"]}):
        form = approved_by(cast, approver, empty={"then": "pass"})
        with pytest.raises(errors.NobodyApproves):
            submit_for_approval(draft_of(form), cast.hrbp_wang)
        assert draft_of(form).state == "draft"
    assert not FlowInstance.objects.exists()


def test_ones_own_answer_is_no_approval(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    form = approved_by(cast, {"by": "starter"})
    with django_capture_on_commit_callbacks(execute=True):
        instance = submit_for_approval(draft_of(form), cast.hrbp_wang)
    with django_capture_on_commit_callbacks(execute=True):
        agree(FlowTask.objects.get(instance=instance), cast.hrbp_wang)
    assert FlowInstance.objects.get(pk=instance.pk).state == "finished"
    assert draft_of(form).state == "draft"


def test_the_end_of_an_earlier_approval_changes_nothing(cast: Cast) -> None:
    form = approved_by(cast, named(cast.executive_chen))
    first = submit_for_approval(draft_of(form), cast.hrbp_wang)
    withdraw(first, cast.hrbp_wang)
    follow_approval(first.pk, first.subject, "withdrawn")
    submit_for_approval(draft_of(form), cast.hrbp_wang)
    follow_approval(first.pk, first.subject, "withdrawn")
    follow_approval(first.pk, first.subject, "finished")
    assert draft_of(form).state == "in_review"


def test_who_is_asked_can_open_what_they_decide_about(cast: Cast) -> None:
    form = approved_by(cast, named(cast.executive_chen))
    instance = submit_for_approval(draft_of(form), cast.hrbp_wang)
    for who, status in ((cast.executive_chen, 200), (cast.manager_li, 404)):
        client = Client()
        client.force_login(who.user)
        assert client.get(instance.url).status_code == status
        assert client.get(reverse("workflow:form", args=[form.pk])).status_code == 404


def test_an_approved_version_that_is_not_wanted_can_be_discarded(cast: Cast) -> None:
    form = approved_by(cast, named(cast.executive_chen))
    instance = submit_for_approval(draft_of(form), cast.hrbp_wang)
    with pytest.raises(errors.NotADraft):
        discard(draft_of(form), cast.hrbp_wang)
    agree(FlowTask.objects.get(instance=instance), cast.executive_chen)
    follow_approval(instance.pk, instance.subject, "finished")
    assert draft_of(form).state == "approved"
    discard(draft_of(form), cast.hrbp_wang)
    assert draft_of(form) is None


def test_a_flow_in_force_is_not_given_a_form_it_does_not_fit(cast: Cast) -> None:
    forms = [create_definition("form", name, cast.hrbp_wang) for name in ("加薪申请", "请假")]
    for form, key in zip(forms, ("amount", "days"), strict=True):
        field = {"key": key, "kind": "number", "label": {"zh": key}}
        save_draft(draft_of(form), form_body(field), 0, cast.hrbp_wang)
        publish(draft_of(form), cast.hrbp_wang)
    arms = [{"key": "large", "when": "amount > 5", "nodes": [APPROVAL["nodes"][1]]}, {"key": "else", "nodes": []}]
    flow = create_definition("flow", "加薪", cast.hrbp_wang, form=forms[0])
    nodes = [APPROVAL["nodes"][0], {"kind": "branch", "key": "how", "branches": arms}]
    save_draft(draft_of(flow), {"v": 1, "nodes": nodes}, 0, cast.hrbp_wang)
    publish(draft_of(flow), cast.hrbp_wang)
    client = Client()
    client.force_login(cast.hrbp_wang.user)
    address = reverse("workflow:flow_settings", args=[flow.pk])
    assert client.post(address, {"name": flow.name, "form": forms[1].pk}).status_code == 422
    assert type(flow).objects.get(pk=flow.pk).form_id == forms[0].pk


def test_who_approves_a_first_version_sees_what_it_asks(cast: Cast) -> None:
    form = approved_by(cast, named(cast.executive_chen))
    instance = submit_for_approval(draft_of(form), cast.hrbp_wang)
    client = Client()
    client.force_login(cast.executive_chen.user)
    assert TEXT["label"]["zh"] in client.get(instance.url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_a_version_at_once_one_is_told(cast: Cast) -> None:
    form = create_definition("form", "月度进展", cast.hrbp_wang)
    save_draft(draft_of(form), form_body(TEXT), 0, cast.hrbp_wang)
    publish(draft_of(form), cast.hrbp_wang)
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def begin() -> None:
        ready.wait()
        try:
            new_draft(form, cast.hrbp_wang)
            outcomes.append("begun")
        except errors.UnfinishedVersion:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["begun", "told"]
