"""The life of a model's versions: as that of forms and flows, with what is particular about models."""

from __future__ import annotations

import pytest

from accord.foundation.models import Event
from accord.goals.models import AssessmentModel, AssessmentModelVersion
from accord.goals.queries.assessment_models import published_for
from accord.goals.tests.model.builders import body, draft, item, metric, model, published, two_items
from accord.people.models import Position
from accord.workflow.errors.versions import DefinitionFaulty, NeedsApproval, NobodyApproves
from accord.workflow.models import ArchiveEntry, FlowTask
from accord.workflow.queries.design import difference_of
from accord.workflow.services.flows import agree
from accord.workflow.services.versions import (
    create_definition,
    draft_of,
    follow_approval,
    new_draft,
    publish,
    restore,
    retire,
    save_draft,
    submit_for_approval,
)
from accord.workflow.tests.test_versions import APPROVAL
from tests.cast import Cast


def position(name: str = "销售代表") -> Position:
    return Position.objects.get(name=name)


def test_a_published_version_is_what_the_position_is_assessed_by_and_is_archived(cast: Cast) -> None:
    version = published(cast.hrbp_wang)
    assert published_for(position()) == version
    assert published_for(position("技术支持")) is None
    assert ArchiveEntry.objects.filter(kind="model.published").count() == 1
    event = Event.objects.get(name="version.published")
    assert event.payload["kind"] == "model"
    assert event.payload["version_id"] == version.pk


def test_a_faulty_model_is_not_published_and_the_sentence_names_the_kpi(cast: Cast) -> None:
    faulty = draft(model(cast.hrbp_wang, body(item(metric("签约额"), "0.9"))))
    with pytest.raises(DefinitionFaulty, match="90"):
        publish(faulty, cast.hrbp_wang)
    assert published_for(position()) is None


def test_a_form_or_flow_that_does_not_exist_is_named(cast: Cast) -> None:
    with pytest.raises(DefinitionFaulty, match="yearly"):
        publish(draft(model(cast.hrbp_wang, two_items() | {"flow": "yearly"})), cast.hrbp_wang)


def test_a_position_has_one_model_in_use(cast: Cast) -> None:
    published(cast.hrbp_wang)
    second = create_definition("model", "另一个", cast.hrbp_wang)
    other = AssessmentModel.objects.get(pk=second.pk)
    other.positions.add(position())
    save_draft(draft(other), two_items(), 0, cast.hrbp_wang)
    with pytest.raises(DefinitionFaulty, match="销售代表"):
        publish(draft(other), cast.hrbp_wang)


def test_versions_are_told_apart_in_words_and_rolled_back(cast: Cast) -> None:
    first = published(cast.hrbp_wang)
    second = new_draft(first.assessment_model, cast.hrbp_wang)
    changed = two_items()
    changed["dimensions"][0]["items"][0] |= {"weight": "0.5", "target": "28"}
    changed["dimensions"][0]["items"][1] |= {"weight": "0.5"}
    save_draft(second, changed, 0, cast.hrbp_wang)
    shown = difference_of(draft(first.assessment_model), "1")
    sentences = [sentence for row in shown.rows or () for sentence in row.changes]
    assert sentences == [
        "“签约额”的权重由 60% 改为 50%。",
        "“签约额”的目标值由 24 改为 28。",
        "“回款率”的权重由 40% 改为 50%。",
    ]
    publish(draft(first.assessment_model), cast.hrbp_wang)
    back = restore(AssessmentModelVersion.objects.get(pk=first.pk), cast.hrbp_wang, "退回第 1 版")
    assert back.number == 3
    assert back.body == first.body


def test_approval_is_somebody_elses(cast: Cast) -> None:
    flow = create_definition("flow", "发布审批", cast.administrator)
    save_draft(draft_of(flow), APPROVAL, 0, cast.administrator)  # type: ignore[arg-type]
    publish(draft_of(flow), cast.administrator)  # type: ignore[arg-type]
    made = model(cast.hrbp_wang)
    AssessmentModel.objects.filter(pk=made.pk).update(approval_flow=flow.pk)
    with pytest.raises(NeedsApproval):
        publish(draft(made), cast.hrbp_wang)
    with pytest.raises(NobodyApproves):
        submit_for_approval(draft(made), cast.executive_chen)
    instance = submit_for_approval(draft(made), cast.hrbp_wang)
    assert instance.url.endswith(f"/goals/models/versions/{draft(made).pk}/difference/")
    task = FlowTask.objects.get(instance=instance, state=FlowTask.State.OPEN)
    agree(task, task.assignee)
    instance.refresh_from_db()
    follow_approval(instance.pk, instance.subject, instance.state)
    assert draft(made).state == AssessmentModelVersion.State.APPROVED
    publish(draft(made), cast.hrbp_wang)
    assert published_for(position()) is not None


def test_a_retired_model_assesses_nobody_any_more(cast: Cast) -> None:
    retire(published(cast.hrbp_wang), cast.hrbp_wang)
    assert published_for(position()) is None
