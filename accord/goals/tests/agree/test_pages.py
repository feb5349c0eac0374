"""Pages of agreements: who opens what, what each side is shown, and lists that cost the same for ten and for twenty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accord.foundation.models import Event, Notification
from accord.goals.models import Agreement, AgreementTerms, LineComment
from accord.goals.queries.own_data import own_agreements
from accord.goals.services.agreements.amending import draft_amendment
from accord.goals.services.agreements.talking import comment
from accord.goals.services.agreements.terms import propose
from accord.goals.tests.agree.builders import (
    agreed,
    drafted,
    line,
    metric,
    quarter,
    sign_for,
    signed,
    two_lines,
    wording,
)
from accord.people.models import Employee, Position
from accord.people.services.employment import move
from tests.cast import Cast, client_of, employee
from tests.ladder import Ladder

pytestmark = pytest.mark.django_db
SEEN_BY = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
HIDDEN_FROM = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")


def proposed(cast: Cast) -> Agreement:
    agreement = drafted(cast.xiaozhang)
    propose(wording(agreement), cast.manager_li)
    return agreement


class OfAgreement(Ladder):
    """A page about the agreement of 小张."""

    may_open = SEEN_BY
    hidden_from = HIDDEN_FROM

    def make(self, cast: Cast) -> Agreement:
        return proposed(cast)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class ByOneSide(OfAgreement):
    """Something that only the two sides do."""

    method = "post"
    may_open = ("manager_li",)
    refused_to = ("hrbp_wang", "executive_chen")


class TestAgreementPage(OfAgreement):
    url_name = "goals:agreement"


class TestEditLine(ByOneSide):
    url_name = "goals:agreement_edit_line"
    works_with = (302,)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk, metric().pk]

    def payload(self, cast: Cast) -> dict[str, Any]:
        prefix = f"line{metric().pk}"
        return {f"{prefix}-edition": 0, f"{prefix}-weight": "60", f"{prefix}-target": "23.5", f"{prefix}-why": "新店"}


class TestEditWeights(ByOneSide):
    url_name = "goals:agreement_edit_weights"
    works_with = (302,)

    def payload(self, cast: Cast) -> dict[str, Any]:
        one, two = metric().pk, metric("回款率").pk
        return {"weights-edition": 0, f"weights-m{one}": "70", f"weights-m{two}": "30"}


class TestAddLine(ByOneSide):
    url_name = "goals:agreement_add_line"
    works_with = (302,)

    def payload(self, cast: Cast) -> dict[str, Any]:
        other = metric("客单价", unit="元")
        return {
            "add-edition": 0,
            "add-metric": other.pk,
            "add-weight": "10",
            "add-target": "190",
            "add-method": "completion_ratio",
        }


class TestRemoveLine(ByOneSide):
    url_name = "goals:agreement_remove_line"

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk, metric().pk]

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"edition": 0}


class TestPropose(ByOneSide):
    url_name = "goals:agreement_propose"


class TestAgree(ByOneSide):
    url_name = "goals:agreement_agree"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"edition": 0}


class TestTakeBack(ByOneSide):
    url_name = "goals:agreement_take_back"


class TestBeginAgain(ByOneSide):
    url_name = "goals:agreement_begin_again"

    def make(self, cast: Cast) -> Agreement:
        agreement = proposed(cast)
        AgreementTerms.objects.update(state="expired")
        return agreement


class TestComment(ByOneSide):
    url_name = "goals:agreement_comment"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"metric": metric().pk, "text": "先看新店爬坡期"}


class TestAmend(ByOneSide):
    url_name = "goals:agreement_amend"

    def make(self, cast: Cast) -> Agreement:
        agreement = proposed(cast)
        Agreement.objects.update(starts_on=date(2020, 1, 1), ends_on=date(2090, 1, 1))
        signed(agreement)
        return agreement

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"effective_on": timezone.localdate().isoformat(), "reason": "平台费率上调"}


class TestEnd(OfAgreement):
    url_name = "goals:agreement_end"
    method = "post"
    may_open = ("hrbp_wang",)
    refused_to = ("xiaozhang",)

    def make(self, cast: Cast) -> Agreement:
        agreement = proposed(cast)
        move(cast.xiaozhang, position=Position.objects.create(name="客服专员"), on=date(2026, 11, 9))
        return agreement

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"on": "2026-11-08", "reason": "调岗"}


def test_the_employee_does_not_see_a_draft_that_was_not_put_before_them(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    address = reverse("goals:agreement", args=[agreement.pk])
    mine = client_of(cast.xiaozhang).get(address).content.decode()
    assert "合约正在准备" in mine
    assert "24.00 万元" not in mine
    assert client_of(cast.xiaozhang).post(reverse("goals:agreement_agree", args=[agreement.pk])).status_code == 403
    assert "24.00 万元" in client_of(cast.manager_li).get(address).content.decode()
    history = client_of(cast.xiaozhang).get(reverse("goals:calibrations_history", args=[agreement.pk])).content.decode()
    assert "24.00 万元" not in history


def test_what_one_agrees_to_stands_beside_the_button(cast: Cast) -> None:
    agreement = proposed(cast)
    page = client_of(cast.xiaozhang).get(reverse("goals:agreement", args=[agreement.pk])).content.decode()
    assert "签约额：权重 60%，每周不低于 24.00 万元" in page
    assert "同意这一版" in page
    reader = client_of(cast.hrbp_wang).get(reverse("goals:agreement", args=[agreement.pk])).content.decode()
    assert "同意这一版" not in reader


def test_both_agree_on_their_pages_and_come_to_the_document(cast: Cast) -> None:
    agreement = proposed(cast)
    address = reverse("goals:agreement_agree", args=[agreement.pk])
    first = client_of(cast.xiaozhang).post(address, {"edition": 0})
    assert first["Location"] == reverse("goals:agreement", args=[agreement.pk])
    second = client_of(cast.manager_li).post(address, {"edition": 0})
    document = wording(agreement).document
    assert second["Location"] == reverse("workflow:document", args=[document.pk])
    assert client_of(cast.hrbp_wang).get(second["Location"]).status_code == 200
    assert client_of(cast.colleague).get(second["Location"]).status_code == 404
    # Neither HR nor an administrator signs for anybody.
    for who in (cast.hrbp_wang, cast.administrator):
        answer = client_of(who).post(reverse("workflow:document_sign", args=[document.pk]), {"digest": document.digest})
        assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"weight": "160"}, "100"),
        ({"target": "viel"}, ""),
        ({"target": "1e30"}, ""),
        ({"target": "0"}, "差额法"),
        ({"target": "29"}, "20 至 28"),
        ({"why": "长" * 501}, ""),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_line_and_nothing_is_lost(cast: Cast, sent: dict, said: str) -> None:
    agreement = drafted(cast.xiaozhang, [line(metric(), "0.6", target_min="20", target_max="28"), two_lines()[1]])
    if sent.get("target") == "0":
        AgreementTerms.objects.get().lines.update(target_min=None, target_max=None)
    propose(wording(agreement), cast.manager_li)
    prefix = f"line{metric().pk}"
    values = {"edition": "0", "weight": "60", "target": "24", "why": "旧理由"} | sent
    payload = {f"{prefix}-{name}": value for name, value in values.items()}
    answer = client_of(cast.manager_li).post(
        reverse("goals:agreement_edit_line", args=[agreement.pk, metric().pk]), payload
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert wording(agreement).edition == 0


def test_a_stale_form_is_told_so(cast: Cast) -> None:
    agreement = proposed(cast)
    prefix = f"line{metric().pk}"
    address = reverse("goals:agreement_edit_line", args=[agreement.pk, metric().pk])
    for target, status in (("22", 302), ("30", 409)):
        payload = {f"{prefix}-edition": "0", f"{prefix}-weight": "60", f"{prefix}-target": target}
        assert client_of(cast.manager_li).post(address, payload).status_code == status
    for edition in ({}, {"edition": "x"}, {"edition": "99999999999999999999"}):
        answer = client_of(cast.manager_li).post(reverse("goals:agreement_agree", args=[agreement.pk]), edition)
        assert answer.status_code == 409


def test_a_change_says_that_it_takes_back_the_other_yes(cast: Cast) -> None:
    agreement = proposed(cast)
    client_of(cast.xiaozhang).post(reverse("goals:agreement_agree", args=[agreement.pk]), {"edition": 0})
    payload = {"weights-edition": 0, f"weights-m{metric().pk}": "50", f"weights-m{metric('回款率').pk}": "50"}
    answer = client_of(cast.manager_li).post(
        reverse("goals:agreement_edit_weights", args=[agreement.pk]), payload, follow=True
    )
    assert "此前的同意随之失效" in answer.content.decode()
    assert wording(agreement).employee_agreed_at is None


def test_words_stand_at_their_line_and_an_empty_one_is_not_sent(cast: Cast) -> None:
    agreement = proposed(cast)
    address = reverse("goals:agreement_comment", args=[agreement.pk])
    client_of(cast.xiaozhang).post(address, {"metric": metric().pk, "text": "新店要三周爬坡<b>"})
    client_of(cast.manager_li).post(address, {"metric": "", "text": "整体没有问题"})
    for wrong in ({"text": "  "}, {"text": "x", "metric": "31337"}):
        client_of(cast.manager_li).post(address, wrong)
    assert LineComment.objects.count() == 2
    page = client_of(cast.hrbp_wang).get(reverse("goals:agreement", args=[agreement.pk])).content.decode()
    assert "新店要三周爬坡&lt;b&gt;" in page
    assert Notification.objects.filter(kind="agreement.commented").count() == 2


def test_an_amendment_shows_what_was_before(cast: Cast) -> None:
    agreement = proposed(cast)
    Agreement.objects.update(starts_on=date(2020, 1, 1), ends_on=date(2090, 1, 1))
    signed(agreement)
    agreement.refresh_from_db()
    terms = draft_amendment(agreement, cast.manager_li, effective_on=timezone.localdate(), reason="平台费率上调")
    terms.lines.filter(metric=metric()).update(target=30)
    page = client_of(cast.xiaozhang).get(reverse("goals:agreement", args=[agreement.pk])).content.decode()
    assert "每周不低于 30.00 万元 <s>24.00 万元</s>" in page
    assert "平台费率上调" in page


def listed(person: Employee, **asked: object) -> str:
    return client_of(person).get(reverse("goals:agreements"), {"cycle": "2026-Q4", **asked}).content.decode()


def test_hr_sees_where_everybody_stands_and_narrows_it(cast: Cast) -> None:
    for number, state in enumerate(("draft", "draft", "signing", "signed", "refused")):
        person = employee(f"B{number}", f"员工{number}", cast.east, cast.manager_li)
        drafted(person)
        at = timezone.now()
        terms = AgreementTerms.objects.filter(agreement__employee=person)
        terms.update(state=state, signed_at=at if state == "signed" else None, proposed_at=None if number == 0 else at)
    page = listed(cast.hrbp_wang)
    for stand, many in (("none", 3), ("unproposed", 1), ("discussing", 1), ("signing", 1), ("in_force", 1)):
        assert f'data-stand="{stand}" ' in page
        assert f"<b>{many}</b>" in page
    assert "员工3" in listed(cast.hrbp_wang, stand="in_force")
    assert "员工2" not in listed(cast.hrbp_wang, stand="in_force")
    assert "小张" in listed(cast.hrbp_wang, stand="none")
    assert "员工2" in listed(cast.hrbp_wang, unit=cast.sales.pk)
    assert "员工2" not in listed(cast.hrbp_wang, q="员工3")
    assert listed(cast.hrbp_wang, unit="x", stand="nonsense", page="x")


def test_colleagues_and_administrators_see_nobody_elses(cast: Cast) -> None:
    proposed(cast)
    for who in (cast.colleague, cast.stranger, cast.administrator):
        assert "小张" not in listed(who)


@pytest.mark.parametrize("stand", ["", "none"])
def test_the_list_costs_the_same_for_ten_and_for_twenty(cast: Cast, stand: str) -> None:
    people = [employee(f"B{number:02}", f"员工{number:02}", cast.east, cast.manager_li) for number in range(20)]
    counts = []
    for start in (0, 10):
        if not stand:
            for person in people[start : start + 10]:
                drafted(person)
                if person.pk % 2:
                    agreed(Agreement.objects.select_related("employee", "manager").get(employee=person))
        client = client_of(cast.hrbp_wang)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("goals:agreements"), {"cycle": "2026-Q4", "stand": stand}).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_page_costs_the_same_for_two_lines_and_for_eight(cast: Cast) -> None:
    counts = []
    for many, person in ((2, cast.xiaozhang), (8, cast.colleague)):
        lines = [line(metric(f"指标{number}"), str(1 / many)) for number in range(many)]
        agreement = drafted(person, lines)
        propose(wording(agreement), cast.manager_li)
        client = client_of(cast.manager_li)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("goals:agreement", args=[agreement.pk])).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_hr_drafts_for_everybody_who_has_none_from_what_they_had_last(cast: Cast) -> None:
    before = quarter()
    agreement = drafted(cast.xiaozhang)
    signed(agreement)
    next_cycle = type(before).objects.create(name="2027-Q1", starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 31))
    address, asked = reverse("goals:agreements_draft"), {"cycle": next_cycle.name, "unit": cast.sales.pk}
    assert client_of(cast.manager_li).post(address, asked).status_code == 403
    assert client_of(cast.hrbp_wang).post(address, {"cycle": "nie"}).status_code == 404
    answer = client_of(cast.hrbp_wang).post(address, asked, follow=True)
    assert "已起草 1 份合约" in answer.content.decode()
    made = Agreement.objects.get(cycle=next_cycle)
    assert [(each.weight * 100, each.target) for each in wording(made).lines.order_by("order")] == [(60, 24), (40, 88)]
    assert client_of(cast.hrbp_wang).post(address, asked).status_code == 409


def test_one_gentle_reminder_a_person_and_none_within_three_days(cast: Cast) -> None:
    # Two wait for 李经理, one for 小林, whose manager has signed; nobody is waited for where both have signed.
    drafted(cast.xiaozhang)
    second = drafted(cast.colleague)
    sign_for(cast.manager_li, agreed(second))
    third = employee("B1", "员工", cast.east, cast.manager_li)
    drafted(third)
    done = employee("B2", "签好", cast.east, cast.manager_li)
    signed(drafted(done))
    address = reverse("goals:agreements_remind")
    assert client_of(cast.manager_li).post(address, {"cycle": "2026-Q4"}).status_code == 403
    answer = client_of(cast.hrbp_wang).post(address, {"cycle": "2026-Q4", "unit": cast.sales.pk}, follow=True)
    assert "已提醒 2 人" in answer.content.decode()
    told = {each.recipient: each.values["count"] for each in Notification.objects.filter(kind="agreement.reminded")}
    assert told == {cast.manager_li.user: "2", cast.colleague.user: "1"}
    again = client_of(cast.hrbp_wang).post(address, {"cycle": "2026-Q4"}, follow=True)
    assert "三天内都已提醒过" in again.content.decode()
    # A new agreement for the same manager does not bring a second message either.
    drafted(employee("B3", "新来", cast.east, cast.manager_li))
    client_of(cast.hrbp_wang).post(address, {"cycle": "2026-Q4"})
    assert Notification.objects.filter(kind="agreement.reminded").count() == 2
    assert Event.objects.filter(name="agreements.reminded").count() == 3


def test_a_person_takes_their_agreements_along_and_nothing_they_may_not_see_yet(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    [told] = own_agreements(cast.xiaozhang.user)
    assert told["wordings"] == []
    propose(wording(agreement), cast.manager_li)
    comment(agreement, cast.xiaozhang, "新店要三周爬坡", metric().pk)
    comment(agreement, cast.manager_li, "可以")
    [told] = own_agreements(cast.xiaozhang.user)
    assert [(each["metric"], each["weight"]) for each in told["wordings"][0]["lines"]] == [
        ("签约额", "0.6"),
        ("回款率", "0.4"),
    ]
    assert [each["text"] for each in told["i_said"]] == ["新店要三周爬坡"]
    [mine] = own_agreements(cast.manager_li.user)
    assert [each["text"] for each in mine["i_said_to_others"]] == ["可以"]
