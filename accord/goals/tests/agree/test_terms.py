"""The wording: who edits it, within which room, what a change takes back, and what both need before they agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from accord.foundation.models import Event, Notification
from accord.goals.errors import agreements as errors
from accord.goals.models import AgreementTerms, FitOverride
from accord.goals.services.agreements.copying import begin_again
from accord.goals.services.agreements.in_force import follow_ended
from accord.goals.services.agreements.terms import add_line, agree, edit_line, propose, remove_line, take_back
from accord.goals.tests.agree.builders import SECRET, agreed, drafted, line, metric, sign_for, wording
from accord.metrics.models import Metric
from accord.workflow.errors.documents import DigestStale, DocumentClosed, SignedAlready
from accord.workflow.models import Document, DocumentParty
from accord.workflow.services.documents import refuse, sign
from tests.cast import Cast

pytestmark = pytest.mark.django_db
D = Decimal


def test_both_sides_edit_and_every_change_has_its_trail(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    assert edit_line(terms, cast.xiaozhang, 0, metric().pk, {"target": D(22), "why": "新店"}) == 1
    assert edit_line(terms, cast.manager_li, 1, metric().pk, {"target": D(23)}) == 2
    told = [event.payload["changed"] for event in Event.objects.filter(name="agreement.line_changed").order_by("id")]
    # Facts are never deleted: they name what was changed, and no target of a person.
    assert told == [["target", "why"], ["target"]]
    assert terms.lines.get(metric=metric()).target == 23


@pytest.mark.parametrize(
    "who", ["hrbp_wang", "executive_chen", "colleague", "stranger", "administrator", "stranger_manager"]
)
def test_nobody_else_edits_or_agrees_whatever_their_role(cast: Cast, who: str) -> None:
    terms, other = wording(drafted(cast.xiaozhang)), getattr(cast, who)
    for act in (
        lambda: edit_line(terms, other, 0, metric().pk, {"target": D(1)}),
        lambda: add_line(terms, other, 0, line(metric("客单价"), "0.1")),
        lambda: remove_line(terms, other, 0, metric().pk),
        lambda: agree(terms, other, 0),
        lambda: take_back(terms, other),
        lambda: propose(terms, other),
    ):
        with pytest.raises(errors.NotYourAgreement):
            act()
    assert wording(terms.agreement).edition == 0


def test_a_change_takes_back_both_yeses_and_tells_the_other(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    agree(terms, cast.manager_li, 0)
    edit_line(terms, cast.xiaozhang, 0, metric().pk, {"target": D(20)})
    now = wording(terms.agreement)
    assert (now.manager_agreed_at, now.edition) == (None, 1)
    assert Notification.objects.filter(kind="agreement.changed", recipient=cast.manager_li.user).count() == 1


def test_who_edits_what_they_did_not_see_is_told(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    edit_line(terms, cast.manager_li, 0, metric().pk, {"target": D(20)})
    for act in (
        lambda: edit_line(terms, cast.xiaozhang, 0, metric().pk, {"target": D(30)}),
        lambda: edit_line(terms, cast.xiaozhang, 0, metric().pk, {"target": D(20)}),
        lambda: agree(terms, cast.xiaozhang, 0),
        lambda: remove_line(terms, cast.xiaozhang, 0, metric().pk),
    ):
        with pytest.raises(errors.EditedMeanwhile):
            act()
    assert terms.lines.get(metric=metric()).target == 20


def test_the_model_leaves_a_range(cast: Cast) -> None:
    lines = [
        line(metric(), "0.6", "24", weight_min="0.5", weight_max="0.7", target_min="20", target_max="28"),
        line(metric("回款率", unit="%"), "0.4", "88"),
    ]
    terms = wording(drafted(cast.xiaozhang, lines))
    for changes in ({"weight": D("0.71")}, {"weight": D("0.49")}, {"target": D("28.01")}, {"target": D("19.99")}):
        with pytest.raises(errors.OutOfRange) as refused:
            edit_line(terms, cast.xiaozhang, 0, metric().pk, changes)
        assert "签约额" in str(refused.value)
    assert edit_line(terms, cast.xiaozhang, 0, metric().pk, {"weight": D("0.7"), "target": D(20)}) == 1
    with pytest.raises(errors.LineRequired):
        remove_line(terms, cast.xiaozhang, 1, metric().pk)
    remove_line(terms, cast.xiaozhang, 1, metric("回款率").pk)
    for value in (D(0), D("-0.1"), D("1.5")):
        with pytest.raises(errors.OutOfRange):
            add_line(terms, cast.xiaozhang, 2, line(metric("客单价"), str(value)))
    for value in (D("0.0000001"), D("1e20")):
        with pytest.raises(errors.NumberUnusable):
            edit_line(terms, cast.xiaozhang, 2, metric().pk, {"threshold": value})


def test_a_target_that_the_method_cannot_use_is_refused_in_the_readers_words(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    with translation.override("zh-hans"), pytest.raises(errors.RuleUnreadable) as refused:
        edit_line(terms, cast.xiaozhang, 0, metric().pk, {"target": D(0)})
    assert "差额法" in str(refused.value)
    params = {"unit": "1", "points_per_unit": "2"}
    changes = {"target": D(-5), "method": "difference", "params": params}
    assert edit_line(terms, cast.xiaozhang, 0, metric().pk, changes) == 1
    with pytest.raises(errors.RuleUnreadable):
        edit_line(
            terms,
            cast.xiaozhang,
            1,
            metric().pk,
            {"schedule": [[1, 2, "0"]], "method": "completion_ratio", "params": {}, "target": D(5)},
        )


def test_lower_is_better_levels_run_the_other_way(cast: Cast) -> None:
    down = metric("首次响应时长", unit="分钟", direction=Metric.Direction.DOWN)
    levels = line(down, "1", "30", threshold="40", stretch="20", method="threshold_target_stretch")
    terms = wording(drafted(cast.xiaozhang, [levels]))
    with pytest.raises(errors.RuleUnreadable):
        edit_line(terms, cast.xiaozhang, 0, down.pk, {"threshold": D(25)})
    agree(terms, cast.xiaozhang, 0)


def test_nobody_agrees_to_weights_that_are_not_whole(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang, [line(metric(), "0.6"), line(metric("回款率"), "0.399999")]))
    with pytest.raises(errors.WeightsNotWhole) as refused:
        agree(terms, cast.xiaozhang, 0)
    assert "99.9999%" in str(refused.value)
    edit_line(terms, cast.xiaozhang, 0, metric("回款率").pk, {"weight": D("0.4")})
    agree(terms, cast.xiaozhang, 1)
    empty = wording(drafted(cast.colleague, []))
    with pytest.raises(errors.NothingToAgree):
        agree(empty, cast.colleague, 0)


def test_one_metric_has_one_line(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    with pytest.raises(errors.LineThere):
        add_line(terms, cast.xiaozhang, 0, line(metric(), "0.1"))
    with pytest.raises(errors.NoSuchLine):
        remove_line(terms, cast.xiaozhang, 0, metric("客单价").pk)


def test_the_second_yes_lays_the_document_out_once(cast: Cast) -> None:
    agreement = drafted(
        cast.xiaozhang,
        [
            replace(line(metric(), "0.6", "24.5"), why="销售直接推动", credited_id=cast.colleague.pk),
            line(metric("响应时长", unit="分钟", direction="down"), "0.4", "30", threshold="40"),
        ],
    )
    terms = wording(agreement)
    for code, word in (("no_source", "先试"), ("no_source", "试行一季"), ("too_many", "说的是从前")):
        about = metric() if code == "no_source" else None
        FitOverride.objects.create(agreement=agreement, code=code, metric=about, word=word, made_by=cast.manager_li)
    agree(terms, cast.manager_li, 0)
    assert Document.objects.count() == 0
    agree(terms, cast.xiaozhang, 0)
    agree(terms, cast.xiaozhang, 0)
    document = Document.objects.get()
    terms = wording(agreement)
    assert (terms.state, terms.document, document.kind) == ("signing", document, "performance_agreement")
    paper = document.paper
    assert [(party.name, party.label["zh"]) for party in paper.parties] == [
        ("小张", "甲方（员工）"),
        ("李经理", "乙方（直属上级）"),
    ]
    first, second = (row["value"] for row in paper.content["rows"])
    assert "权重 60%；目标：每周不低于 24.5 万元；评分：完成率法" in first
    assert "依据：销售直接推动" in first
    assert "提出人：小林" in first
    assert "目标：每周不高于 30 分钟；门槛：40 分钟" in second
    # Only the word that stands beside a warning of today: the last one about it.
    assert "对系统提示的说明：对「签约额」试行一季（李经理）。" in paper.text
    assert "签署日之前已结束的周期，自上述日期起也按本文计分" in paper.text
    # Everything a program needs to rebuild the numbers is signed too.
    assert [(each["weight"], each["target"], each["method"]) for each in paper.content["lines"]] == [
        ("0.6", "24.5", "completion_ratio"),
        ("0.4", "30", "completion_ratio"),
    ]


def test_agreeing_twice_is_agreeing_once(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    agree(terms, cast.xiaozhang, 0)
    agree(terms, cast.xiaozhang, 0)
    assert Event.objects.filter(name="agreement.agreed").count() == 1
    assert wording(terms.agreement).state == "draft"


def test_a_draft_is_put_before_the_employee_once(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    propose(terms, cast.manager_li)
    propose(terms, cast.manager_li)
    assert Notification.objects.filter(kind="agreement.proposed", recipient=cast.xiaozhang.user).count() == 1
    assert Event.objects.filter(name="agreement.proposed").count() == 1


def test_what_waits_for_signatures_cannot_be_edited(cast: Cast) -> None:
    terms = agreed(drafted(cast.xiaozhang))
    with pytest.raises(errors.NotBeingAgreed):
        edit_line(terms, cast.xiaozhang, 0, metric().pk, {"target": D(1)})


def test_a_yes_can_be_taken_back_until_somebody_has_signed(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    agree(terms, cast.xiaozhang, 0)
    take_back(terms, cast.xiaozhang)
    assert wording(terms.agreement).employee_agreed_at is None
    terms = agreed(terms.agreement)
    old = DocumentParty.objects.select_related("document").get(document=terms.document, employee=cast.xiaozhang)
    again = take_back(terms, cast.manager_li)
    assert (again.number, again.state, again.lines.count()) == (2, "draft", 2)
    assert list(AgreementTerms.objects.order_by("number").values_list("state", flat=True)) == ["withdrawn", "draft"]
    # Whoever still has the old page open signs nothing: neither the old document, nor the new one by the old digest.
    edit_line(again, cast.xiaozhang, 0, metric().pk, {"target": D(20)})
    with pytest.raises(DocumentClosed):
        sign(old, cast.xiaozhang.user, old.document.digest, SECRET)
    laid_out = agreed(terms.agreement)
    new = DocumentParty.objects.get(document=laid_out.document, employee=cast.xiaozhang)
    with pytest.raises(DigestStale):
        sign(new, cast.xiaozhang.user, old.document.digest, SECRET)
    sign_for(cast.xiaozhang, laid_out)
    with pytest.raises(SignedAlready):
        take_back(laid_out, cast.manager_li)
    assert wording(terms.agreement).state == "signing"


def test_a_refusal_keeps_the_wording_and_either_side_begins_it_again(cast: Cast) -> None:
    terms = agreed(drafted(cast.xiaozhang))
    party = DocumentParty.objects.get(document=terms.document, employee=cast.xiaozhang)
    refuse(party, cast.xiaozhang.user, terms.document.digest, "目标没有考虑新店爬坡期。", SECRET)
    for _twice in range(2):
        follow_ended(terms.document_id, terms.document.kind, terms.document.subject)
    assert wording(terms.agreement).state == "refused"
    assert Event.objects.filter(name="agreement.not_signed").count() == 1
    again = begin_again(terms.agreement, cast.manager_li)
    assert (again.number, again.is_amendment, again.lines.count()) == (2, False, 2)
    with pytest.raises(errors.UnderWay):
        begin_again(terms.agreement, cast.xiaozhang)
    with pytest.raises(errors.NotYourAgreement):
        begin_again(terms.agreement, cast.hrbp_wang)


def test_documents_of_others_are_none_of_our_business(cast: Cast) -> None:
    terms = agreed(drafted(cast.xiaozhang))
    follow_ended(terms.document_id, "flow", terms.document.subject)
    follow_ended(terms.document_id, "performance_agreement", "flow_instances:1")
    assert wording(terms.agreement).state == "signing"
