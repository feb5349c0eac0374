"""Drafting for one, for the many, and again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accord.foundation.models import Event, Notification
from accord.goals.models import Agreement, AgreementLine, AgreementTerms
from accord.goals.services.agreements.drafting import draft_agreements
from accord.goals.services.agreements.drafts import AgreementDraft
from accord.goals.tests.agree.builders import drafted, line, metric, quarter, two_lines, wording
from accord.people.models import Employee
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db


def test_a_draft_has_its_people_its_days_and_its_lines_in_order(cast: Cast) -> None:
    season = ((2105000, 2105003, "30"),)
    first = replace(line(metric(), "0.6", "24.5", threshold="20", params={"cap": "150"}), schedule=season, why="直接")
    agreement = drafted(cast.xiaozhang, [first, line(metric("回款率", unit="%"), "0.4", "-3")])
    assert (agreement.manager, agreement.starts_on, agreement.ends_on) == (
        cast.manager_li,
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    terms = wording(agreement)
    assert (terms.number, terms.state, terms.effective_on, terms.is_amendment) == (1, "draft", date(2026, 10, 1), False)
    one, two = terms.lines.order_by("order")
    assert (one.weight, one.target, one.threshold, one.schedule) == (
        Decimal("0.6"),
        Decimal("24.5"),
        Decimal(20),
        [[2105000, 2105003, "30"]],
    )
    assert (one.params, one.why, two.target) == ({"cap": "150"}, "直接", Decimal(-3))
    assert Event.objects.get(name="agreement.drafted").payload == {"agreement_id": agreement.pk}


def test_somebody_hired_within_the_cycle_begins_on_that_day(cast: Cast) -> None:
    joiner = employee("A090", "新人", cast.east, cast.manager_li, since=date(2026, 11, 9))
    assert drafted(joiner).starts_on == date(2026, 11, 9)
    later = employee("A091", "明年来", cast.east, cast.manager_li, since=date(2027, 1, 4))
    done = draft_agreements(quarter(), [AgreementDraft(later, two_lines())], None)
    assert [person for person, _why in done.skipped] == [later]


def test_drafting_again_replaces_the_numbers_by_metric_and_takes_back_what_was_agreed(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang, [replace(two_lines()[0], why="由销售直接推动"), two_lines()[1]])
    AgreementTerms.objects.update(employee_agreed_at=timezone.now())
    done = draft_agreements(quarter(), [AgreementDraft(cast.xiaozhang, [line(metric(), "0.6", "30")])], None)
    assert (done.created, done.updated, done.skipped) == ([], [agreement.pk], [])
    terms = wording(agreement)
    assert [(each.target, each.why) for each in terms.lines.order_by("order")] == [(30, "由销售直接推动"), (88, "")]
    assert (terms.edition, terms.employee_agreed_at) == (1, None)
    told = Notification.objects.get(kind="agreement.changed")
    assert told.recipient == cast.xiaozhang.user


def test_drafting_the_same_again_changes_nothing(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    AgreementTerms.objects.update(employee_agreed_at=timezone.now())
    before = list(AgreementLine.objects.order_by("id").values())
    done = draft_agreements(quarter(), [AgreementDraft(cast.xiaozhang, two_lines())], None)
    assert done.updated == [agreement.pk]
    assert list(AgreementLine.objects.order_by("id").values()) == before
    assert wording(agreement).employee_agreed_at
    assert not Event.objects.filter(name="agreement.redrafted").exists()


@pytest.mark.parametrize("state", ["signing", "signed", "both"])
def test_what_is_agreed_signed_or_in_force_is_left_alone_with_the_reason(cast: Cast, state: str) -> None:
    drafted(cast.xiaozhang)
    now = timezone.now()
    if state == "both":
        AgreementTerms.objects.update(employee_agreed_at=now, manager_agreed_at=now)
    else:
        AgreementTerms.objects.update(state=state, signed_at=now)
    done = draft_agreements(quarter(), [AgreementDraft(cast.xiaozhang, [line(metric(), "1", "99")])], None)
    [(person, why)] = done.skipped
    assert (person, bool(why), done.updated) == (cast.xiaozhang, True, [])
    assert not AgreementLine.objects.filter(target=99).exists()


def test_after_a_refusal_drafting_makes_the_next_wording_and_keeps_the_refused_one(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    AgreementTerms.objects.update(state="refused")
    done = draft_agreements(quarter(), [AgreementDraft(cast.xiaozhang, [line(metric(), "1", "20")])], None)
    assert done.created == [agreement.pk]
    assert list(agreement.terms.order_by("number").values_list("number", "state")) == [(1, "refused"), (2, "draft")]
    assert not wording(agreement).is_amendment


def test_those_who_left_or_have_nobody_to_sign_are_named(cast: Cast) -> None:
    cast.colleague.status = Employee.Status.LEFT
    drafts = [AgreementDraft(person, two_lines()) for person in (cast.colleague, cast.executive_chen, cast.xiaozhang)]
    done = draft_agreements(quarter(), drafts, None)
    assert [person for person, _why in done.skipped] == [cast.colleague, cast.executive_chen]
    assert len(done.created) == 1


def test_somebody_whose_agreement_was_ended_gets_one_that_begins_the_day_after(cast: Cast) -> None:
    first = drafted(cast.xiaozhang)
    Agreement.objects.update(ends_on=date(2026, 11, 8))
    AgreementTerms.objects.update(state="signed", signed_at=timezone.now())
    second = drafted(cast.xiaozhang)
    assert (second.pk == first.pk, second.starts_on) == (False, date(2026, 11, 9))


def statements_for(people: list[Employee]) -> tuple[int, int]:
    """How many statements drafting takes the first time, and how many with new numbers."""
    counts = []
    for target in ("24", "26"):
        drafts = [AgreementDraft(person, [line(metric(), "1", target)]) for person in people]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            draft_agreements(quarter(), drafts, None)
        counts.append(len(seen))
    return counts[0], counts[1]


def test_seventy_take_as_many_statements_as_ten(cast: Cast) -> None:
    people = [employee(f"B{number:03d}", f"员工{number}", cast.east, cast.manager_li) for number in range(80)]
    quarter(), metric()
    assert statements_for(people[:10]) == statements_for(people[10:])
    assert AgreementLine.objects.filter(target=26).count() == 80
