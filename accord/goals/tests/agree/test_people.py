"""Movers, leavers and changes of manager: who signs, what ends, and who is told."""

from __future__ import annotations

from datetime import date

import pytest

from accord.foundation.models import Event, Notification
from accord.goals.errors import agreements as errors
from accord.goals.models import Agreement, AgreementTerms
from accord.goals.services.agreements.amending import draft_amendment
from accord.goals.services.agreements.ending import end_agreement
from accord.goals.services.agreements.following import follow_people
from accord.goals.services.agreements.terms import agree, edit_line
from accord.goals.tests.agree.builders import (
    agreed,
    drafted,
    line,
    metric,
    on,
    sign_for,
    signed,
    targets,
    wording,
)
from accord.people.models import Position
from accord.people.services.employment import leave, move, set_manager
from accord.workflow.models import ArchiveEntry, DocumentParty
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MOVE = date(2026, 11, 9)


@pytest.fixture
def in_force(cast: Cast) -> Agreement:
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        signed(agreement)
    return agreement


def read(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_related("employee__position", "manager", "cycle").get(pk=agreement.pk)


def test_an_unsigned_agreement_is_agreed_by_the_new_manager_themself(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    terms = wording(agreement)
    agree(terms, cast.manager_li, 0)
    agree_first = wording(agreement).manager_agreed_at
    with on(MOVE):
        set_manager(cast.xiaozhang, cast.executive_chen)
        follow_people(MOVE)
        assert follow_people(MOVE) == 0
    terms = wording(agreement)
    assert (bool(agree_first), terms.manager_agreed_at, read(agreement).manager) == (True, None, cast.executive_chen)
    with pytest.raises(errors.NotYourAgreement):
        edit_line(terms, cast.manager_li, 0, metric().pk, {"why": "x"})
    # A yes that was given to the edition before comes too late.
    with pytest.raises(errors.EditedMeanwhile):
        agree(terms, cast.executive_chen, 0)
    assert Notification.objects.get(kind="agreement.manager_followed").recipient == cast.executive_chen.user


def test_a_yes_to_the_former_manager_is_none_to_the_new_one(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    agree(wording(agreement), cast.xiaozhang, 0)
    with on(MOVE):
        set_manager(cast.xiaozhang, cast.executive_chen)
        follow_people(MOVE)
    assert wording(agreement).employee_agreed_at is None
    assert Notification.objects.get(kind="agreement.changed").recipient == cast.xiaozhang.user


def test_what_both_have_signed_holds_though_the_manager_changes_before_it_took_effect(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    terms = agreed(agreement)
    for person in (cast.xiaozhang, cast.manager_li):
        sign_for(person, terms)
    set_manager(cast.xiaozhang, cast.executive_chen)
    follow_people(MOVE)
    assert [each.state for each in AgreementTerms.objects.all()] == ["signed"]
    assert targets(agreement, metric())
    assert read(agreement).manager == cast.executive_chen


def test_a_document_that_the_former_manager_was_to_sign_is_called_off_and_laid_out_anew(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    old = agreed(agreement)
    sign_for(cast.xiaozhang, old)
    with on(MOVE):
        set_manager(cast.xiaozhang, cast.executive_chen)
        follow_people(MOVE)
    old.document.refresh_from_db()
    states = list(AgreementTerms.objects.order_by("number").values_list("state", flat=True))
    assert (old.document.state, states) == ("withdrawn", ["withdrawn", "draft"])
    new = agreed(read(agreement))
    parties = set(DocumentParty.objects.filter(document=new.document).values_list("employee__name", flat=True))
    assert parties == {"小张", "陈总"}


def test_amendments_are_signed_by_the_manager_of_today(cast: Cast, in_force: Agreement) -> None:
    with on(MOVE):
        set_manager(cast.xiaozhang, cast.executive_chen)
        follow_people(MOVE)
        agreement = read(in_force)
        with pytest.raises(errors.NotYourAgreement):
            draft_amendment(agreement, cast.manager_li, effective_on=MOVE, reason="调整")
        terms = draft_amendment(agreement, cast.executive_chen, effective_on=MOVE, reason="调整")
        edit_line(terms, cast.executive_chen, 0, metric().pk, {"why": "换组后"})
        edit_line(terms, cast.executive_chen, 1, metric().pk, {"target": wording(agreement).lines.first().target + 1})
        signed(agreement)
    assert wording(agreement).state == "signed"


def test_a_mover_keeps_the_agreement_until_somebody_ends_it_and_both_hear_of_it(
    cast: Cast, in_force: Agreement
) -> None:
    service, _ = Position.objects.get_or_create(name="客服专员")
    with on(MOVE):
        move(cast.xiaozhang, position=service)
        follow_people(MOVE)
        follow_people(MOVE)
    assert targets(in_force, metric())[-1][1] == "2026-W52"
    told = Notification.objects.filter(kind="agreement.moved").values_list("recipient__name", flat=True)
    assert sorted(told) == sorted(["李经理", "王HRBP"])
    with on(date(2026, 11, 12)):
        for wrong in (date(2026, 11, 7), date(2026, 12, 31)):
            with pytest.raises(errors.OutsideAgreement):
                end_agreement(read(in_force), cast.hrbp_wang, wrong, "调岗")
        with pytest.raises(errors.ReasonMissing):
            end_agreement(read(in_force), cast.hrbp_wang, date(2026, 11, 8), " ")
        stale = read(in_force)
        end_agreement(read(in_force), cast.hrbp_wang, date(2026, 11, 8), "调岗至客服")
        with pytest.raises(errors.AgreementOver):
            end_agreement(stale, cast.manager_li, date(2026, 11, 8), "调岗至客服")
    assert targets(in_force, metric()) == [("2026-W40", "2026-W45", 24)]
    assert ArchiveEntry.objects.filter(kind="agreement.ended").count() == 1
    assert Notification.objects.filter(kind="agreement.ended").count() == 2
    with on(date(2026, 11, 16)):
        second = drafted(cast.xiaozhang, [line(metric("一次解决率", unit="%"), "1", "78")])
        signed(second)
    assert (second.starts_on, second.pk == in_force.pk) == (MOVE, False)
    assert targets(second, metric("一次解决率")) == [("2026-W46", "2026-W52", 78)]
    assert targets(in_force, metric()) == [("2026-W40", "2026-W45", 24)]


def test_nobody_ends_the_agreement_of_somebody_who_did_not_move(cast: Cast, in_force: Agreement) -> None:
    with on(MOVE), pytest.raises(errors.NotMoved):
        end_agreement(read(in_force), cast.hrbp_wang, date(2026, 11, 8), "看着不顺眼")


def test_a_leaver_answers_for_the_periods_up_to_their_last_day(cast: Cast, in_force: Agreement) -> None:
    with on(date(2026, 11, 20)):
        draft_amendment(in_force, cast.xiaozhang, effective_on=date(2026, 12, 1), reason="旺季")
        leave(cast.xiaozhang, on=date(2026, 11, 15))
        assert follow_people(date(2026, 11, 20)) == 1
        assert follow_people(date(2026, 11, 20)) == 0
    assert read(in_force).ends_on == date(2026, 11, 15)
    assert targets(in_force, metric()) == [("2026-W40", "2026-W46", 24)]
    assert wording(in_force).state == "withdrawn"
    assert Event.objects.filter(name="agreement.ended").count() == 1
