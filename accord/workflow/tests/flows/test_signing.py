"""Sign nodes: the document made of the form, and what its end means for the flow. Filling in and asking the form."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accord.people.models import Employee
from accord.workflow.models import Document, Form, FormFill, FormVersion
from accord.workflow.services import flows
from accord.workflow.services.documents import expire_due, refuse, sign
from accord.workflow.services.flows.leavers import sweep_leavers
from accord.workflow.services.flows.signing import follow_signature
from accord.workflow.tests.document_builders import SECRET, part_of
from accord.workflow.tests.flows.builders import approve, open_at, started, task_of, told, where
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
BODY = {
    "v": 1,
    "title": {"zh": "月度约定"},
    "steps": [{"key": "start", "label": {"zh": "填写人"}}, {"key": "lead", "label": {"zh": "主管"}}],
    "fields": [
        {"key": "goal", "kind": "text", "label": {"zh": "目标"}},
        {"key": "score", "kind": "number", "label": {"zh": "得分"}},
        {"key": "who", "kind": "person", "label": {"zh": "搭档"}},
    ],
}


def fill_of(cast: Cast, body: dict[str, Any] = BODY, **answers: Any) -> FormFill:
    form = Form.objects.create(code="monthly", name="月度约定")
    version = FormVersion.objects.create(form=form, number=1, body=body, state="published", digest="f" * 64)
    return FormFill.objects.create(version=version, author=cast.xiaozhang, answers=answers, state="submitted")


def sign_node(*rules: dict[str, Any], **settings: Any) -> dict[str, Any]:
    both = ({"by": "self"}, {"by": "manager"})
    return {"kind": "sign", "key": "sign", "days": 7, "approvers": list(rules or both), **settings}


def signs(person: Employee, document: Document) -> None:
    sign(part_of(person, document), person.user, document.digest, SECRET)


def test_it_goes_on_when_everybody_has_signed(cast: Cast) -> None:
    fill = fill_of(cast, goal="GMV 1,200 万元", score="58.5", who=cast.colleague.pk)
    instance = started(cast.xiaozhang, sign_node(), approve("hr", cast.hrbp_wang), fill=fill, title="四月约定")
    document = Document.objects.get(instance=instance)
    paper = document.paper
    assert (paper.title, [party.label["zh"] for party in paper.parties]) == ("四月约定", ["本人", "直属上级"])
    for words in ("目标：GMV 1,200 万元", "得分：58.5", "搭档：小林（A012）", "发起人：小张（A011）"):
        assert words in paper.text
    assert open_at(instance) == {"小张", "李经理"}
    signs(cast.xiaozhang, document)
    assert open_at(instance) == {"李经理"}
    signs(cast.manager_li, document)
    assert where(instance) == ("running", "hr")
    follow_signature(document.pk, "flow", "")
    assert [(kind, who) for kind, who, _ in told(instance)[1:]] == [("signed", "小张"), ("signed", "李经理")]


def test_a_refusal_rejects_it_with_the_reason(cast: Cast) -> None:
    instance = started(cast.xiaozhang, sign_node())
    document = Document.objects.get(instance=instance)
    refuse(part_of(cast.manager_li, document), cast.manager_li.user, document.digest, "目标过高", SECRET)
    assert (where(instance), open_at(instance)) == (("rejected", "sign"), set())
    assert told(instance)[-1] == ("rejected", "李经理", "目标过高")


@pytest.mark.parametrize(
    ("settings", "state", "owed"),
    [({}, ("running", "start"), {"小张"}), ({"expired": "refuse"}, ("rejected", "sign"), set())],
)
def test_out_of_time_it_goes_back_or_ends(
    cast: Cast, settings: dict[str, Any], state: tuple[str, str], owed: set[str]
) -> None:
    instance = started(cast.xiaozhang, sign_node(**settings))
    Document.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    expire_due()
    assert (where(instance), open_at(instance)) == (state, owed)
    if owed:
        flows.hand_in(task_of(cast.xiaozhang), cast.xiaozhang)
        assert Document.objects.filter(instance=instance, state="open").count() == 1


def test_taking_it_back_calls_the_document_off(cast: Cast) -> None:
    instance = started(cast.xiaozhang, sign_node())
    flows.withdraw(instance, cast.xiaozhang, "重来")
    assert Document.objects.get(instance=instance).state == "withdrawn"


def test_when_a_party_leaves_the_document_is_laid_out_anew(cast: Cast) -> None:
    instance = started(cast.xiaozhang, sign_node())
    Employee.objects.filter(pk=cast.manager_li.pk).update(status="left")
    sweep_leavers()
    assert list(Document.objects.order_by("pk").values_list("state", "round")) == [("withdrawn", 1), ("open", 2)]
    assert open_at(instance) == {"小张", "陈总"}
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(status="left")
    sweep_leavers()
    assert where(instance) == ("rejected", "sign"), "nobody signs for somebody who has left"


def test_a_branch_asks_the_form_and_a_turn_ends_its_step(cast: Cast) -> None:
    branch = {
        "kind": "branch",
        "key": "low",
        "branches": [
            {
                "key": "yes",
                "when": "score < 60 and person.position = '销售代表'",
                "nodes": [{"kind": "fill", "key": "plan", "step": "lead", "approvers": [{"by": "manager"}]}],
            },
            {"key": "else", "nodes": []},
        ],
    }
    fill = fill_of(cast, score="58.5")
    instance = started(cast.xiaozhang, branch, approve("hr", cast.hrbp_wang), fill=fill)
    assert (where(instance), open_at(instance)) == (("running", "plan"), {"李经理"})
    assert not flows.fill_submitted(fill, "start", cast.manager_li)
    assert not flows.fill_submitted(fill, "lead", cast.stranger)
    assert flows.fill_submitted(fill, "lead", cast.manager_li)
    assert where(instance) == ("running", "hr")
    assert not flows.fill_submitted(fill, "lead", cast.manager_li)


def test_what_a_step_hides_is_not_in_the_document(cast: Cast) -> None:
    note = {"key": "note", "kind": "text", "label": {"zh": "主管备注"}, "rights": {"start": "hide", "lead": "edit"}}
    worry = {"key": "worry", "kind": "text", "label": {"zh": "顾虑"}, "rights": {"lead": "hide"}}
    answers = {"goal": "GMV 1,200 万元", "note": "考虑调岗", "worry": "想换组"}
    fill = fill_of(cast, {**BODY, "fields": [*BODY["fields"], note, worry]}, **answers)
    instance = started(cast.xiaozhang, sign_node(), fill=fill)
    frozen = Document.objects.get(instance=instance).frozen
    assert "GMV 1,200 万元" in frozen
    for words in ("考虑调岗", "主管备注", "想换组", "顾虑"):
        assert words not in frozen
