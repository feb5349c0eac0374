"""The life of a version: no save is lost, nothing is published unsound or unapproved, what runs keeps its version."""

import copy
import threading
from typing import Any

import pytest
from django.db import connections

from accord.foundation.models import Event
from accord.workflow.errors import versions as errors
from accord.workflow.models import ArchiveEntry, FlowInstance, FlowTask, Form, FormFill
from accord.workflow.services.flows import agree, reject, start
from accord.workflow.services.versions import (
    create_definition,
    discard,
    draft_of,
    new_draft,
    publish,
    restore,
    retire,
    save_draft,
    submit_for_approval,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db

TEXT = {"key": "summary", "kind": "text", "label": {"zh": "一句话总结"}, "required": True, "core": True}
LONG = [{"key": f"part{n}", "kind": "long_text", "label": {"zh": f"第 {n} 段"}, "core": True} for n in range(30)]
APPROVAL: dict[str, Any] = {
    "v": 1,
    "nodes": [
        {"kind": "start", "key": "start", "step": "start"},
        {
            "kind": "approve",
            "key": "board",
            "name": {"zh": "管理层"},
            "approvers": [{"by": "role", "role": "executive"}],
            "mode": "any",
            "empty": {"then": "refuse"},
        },
    ],
}


def form_body(*fields: dict[str, Any]) -> dict[str, Any]:
    steps = [{"key": "start", "label": {"zh": "填写人"}}]
    return {"v": 1, "title": {"zh": "月度进展"}, "steps": steps, "fields": list(fields)}


@pytest.fixture
def form(cast: Cast) -> Form:
    """A form with a sound draft."""
    made = create_definition("form", "月度进展", cast.hrbp_wang)
    save_draft(draft_of(made), form_body(TEXT), 0, cast.hrbp_wang)
    return made


@pytest.fixture
def approved_form(form: Form, cast: Cast) -> Form:
    """A form that is published only after approval."""
    flow = create_definition("flow", "发布审批", cast.administrator)
    save_draft(draft_of(flow), APPROVAL, 0, cast.administrator)
    publish(draft_of(flow), cast.administrator)
    form.approval_flow = flow
    form.save()
    return form


def state(version: Any) -> str:
    return type(version).objects.get(pk=version.pk).state


def test_a_save_over_somebody_elses_is_refused_and_theirs_stays(form: Form, cast: Cast) -> None:
    draft = draft_of(form)
    save_draft(draft, form_body(TEXT, LONG[0]), 1, cast.hrbp_wang)
    with pytest.raises(errors.StaleDraft) as refusal:
        save_draft(draft, form_body(), 1, cast.administrator)
    assert cast.hrbp_wang.name in str(refusal.value)
    assert len(draft_of(form).body["fields"]) == 2


def test_a_save_tells_how_long_the_form_takes_now(form: Form, cast: Cast) -> None:
    short = draft_of(form).predicted_seconds
    save_draft(draft_of(form), form_body(TEXT, *LONG), 1, cast.hrbp_wang)
    assert 0 < short < draft_of(form).predicted_seconds


@pytest.mark.parametrize("body", [None, [], "fields", 3])
def test_what_is_no_definition_is_not_saved(form: Form, cast: Cast, body: object) -> None:
    with pytest.raises(errors.BodyNotUnderstood):
        save_draft(draft_of(form), body, 1, cast.hrbp_wang)


def test_a_definition_of_two_megabytes_is_not_saved(form: Form, cast: Cast) -> None:
    with pytest.raises(errors.BodyTooLarge):
        save_draft(draft_of(form), {"v": 1, "title": {"zh": "x" * 2_000_000}}, 1, cast.hrbp_wang)
    assert draft_of(form).body == form_body(TEXT)


def test_only_one_version_is_worked_on_at_a_time(form: Form, cast: Cast) -> None:
    with pytest.raises(errors.UnfinishedVersion):
        new_draft(form, cast.administrator)


def test_publishing_retires_the_one_before_and_leaves_a_record(form: Form, cast: Cast) -> None:
    first = draft_of(form)
    publish(first, cast.hrbp_wang)
    second = new_draft(form, cast.hrbp_wang)
    assert second.body == first.body
    publish(second, cast.hrbp_wang)

    assert (state(first), state(second)) == ("retired", "published")
    kept = ArchiveEntry.objects.filter(kind="form.published").order_by("pk")
    assert [entry.subject for entry in kept] == [f"form_versions:{first.pk}", f"form_versions:{second.pk}"]
    assert Event.objects.filter(name="version.published").count() == 2


def test_what_runs_keeps_the_version_it_began_with(form: Form, cast: Cast) -> None:
    first = draft_of(form)
    publish(first, cast.hrbp_wang)
    fills = [FormFill.objects.create(version=first, author=who) for who in (cast.xiaozhang, cast.colleague)]
    publish(new_draft(form, cast.hrbp_wang), cast.hrbp_wang)
    assert {fill.version_id for fill in FormFill.objects.filter(pk__in=[fill.pk for fill in fills])} == {first.pk}


def test_an_unsound_version_is_not_published(form: Form, cast: Cast) -> None:
    wrong = form_body({**TEXT, "visible_if": "no_such_field > 1"})
    save_draft(draft_of(form), wrong, 1, cast.hrbp_wang)
    with pytest.raises(errors.DefinitionFaulty) as refusal:
        publish(draft_of(form), cast.hrbp_wang)
    assert "no_such_field" in str(refusal.value)
    assert state(draft_of(form)) == "draft"


def test_longer_than_the_budget_needs_a_reason_which_is_archived(form: Form, cast: Cast) -> None:
    save_draft(draft_of(form), form_body(TEXT, *LONG), 1, cast.hrbp_wang)
    with pytest.raises(errors.OverBudget):
        publish(draft_of(form), cast.hrbp_wang, "  ")
    publish(draft_of(form), cast.hrbp_wang, "每年只填一次")
    assert "每年只填一次" in ArchiveEntry.objects.get(kind="form.published").payload.payload


def test_a_draft_changed_after_it_was_looked_at_is_not_published(form: Form, cast: Cast) -> None:
    seen = draft_of(form)
    save_draft(copy.copy(seen), form_body(TEXT, LONG[0]), 1, cast.administrator)
    with pytest.raises(errors.NotReadyToPublish):
        publish(seen, cast.hrbp_wang)


def test_with_an_approval_a_draft_cannot_be_published_past_it(approved_form: Form, cast: Cast) -> None:
    with pytest.raises(errors.NeedsApproval):
        publish(draft_of(approved_form), cast.administrator)


def test_through_approval_to_publication(approved_form: Form, cast: Cast, django_capture_on_commit_callbacks) -> None:
    draft = draft_of(approved_form)
    with django_capture_on_commit_callbacks(execute=True):
        instance = submit_for_approval(draft, cast.hrbp_wang)
    with pytest.raises(errors.NotADraft):
        save_draft(draft, form_body(), 1, cast.hrbp_wang)
    with django_capture_on_commit_callbacks(execute=True):
        agree(FlowTask.objects.get(instance=instance), cast.executive_chen)
    version = draft_of(approved_form)
    assert version.state == "approved"
    publish(version, cast.hrbp_wang)
    assert state(version) == "published"


def test_what_approval_rejects_is_a_draft_again(approved_form, cast, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        instance = submit_for_approval(draft_of(approved_form), cast.hrbp_wang)
    with django_capture_on_commit_callbacks(execute=True):
        reject(FlowTask.objects.get(instance=instance), cast.executive_chen, "先在一个部门试用")
    assert state(draft_of(approved_form)) == "draft"


def test_no_approval_without_a_published_flow(approved_form: Form, cast: Cast) -> None:
    retire(approved_form.approval_flow.versions.get(), cast.administrator)
    with pytest.raises(errors.NoApprovalFlow):
        submit_for_approval(draft_of(approved_form), cast.hrbp_wang)


def test_an_instance_goes_on_when_its_version_is_retired(approved_form: Form, cast: Cast) -> None:
    flow = approved_form.approval_flow
    version = flow.versions.get()
    instance = start(version, cast.hrbp_wang, title="试一次")
    retire(version, cast.administrator)
    agree(FlowTask.objects.get(instance=instance), cast.executive_chen)
    assert FlowInstance.objects.get(pk=instance.pk).state == "finished"


def test_an_old_version_comes_back_as_a_new_draft(form: Form, cast: Cast) -> None:
    first = draft_of(form)
    publish(first, cast.hrbp_wang)
    second = new_draft(form, cast.hrbp_wang)
    save_draft(second, form_body(TEXT, LONG[0]), 0, cast.hrbp_wang)
    publish(draft_of(form), cast.hrbp_wang)
    third = restore(first, cast.hrbp_wang, "回到第一版")
    assert (third.number, third.state, third.body) == (3, "draft", form_body(TEXT))


def test_discarding_leaves_no_draft(form: Form, cast: Cast) -> None:
    discard(draft_of(form), cast.hrbp_wang)
    assert draft_of(form) is None
    assert new_draft(form, cast.hrbp_wang).number == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(form: Form, cast: Cast) -> None:
    draft, outcomes = draft_of(form), []
    ready = threading.Barrier(2)

    def save(editor: Any, body: dict[str, Any]) -> None:
        ready.wait()
        try:
            save_draft(draft, body, 1, editor)
            outcomes.append("saved")
        except errors.StaleDraft:
            outcomes.append("told")
        finally:
            connections.close_all()

    bodies = (form_body(TEXT, LONG[0]), form_body(TEXT, LONG[1]))
    threads = [
        threading.Thread(target=save, args=(who, body))
        for who, body in zip((cast.hrbp_wang, cast.administrator), bodies, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "told"]
