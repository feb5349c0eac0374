"""Two at once: one wins, the other is told, and nothing is half-written."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from accord.foundation.models import Event
from accord.goals.errors import agreements as errors
from accord.goals.models import Agreement, AgreementTerms, Kpi, KpiTarget
from accord.goals.services.agreements.copying import begin_again
from accord.goals.services.agreements.drafting import draft_agreements
from accord.goals.services.agreements.drafts import AgreementDraft
from accord.goals.services.agreements.in_force import put_in_force
from accord.goals.services.agreements.terms import agree, edit_line, take_back
from accord.goals.tests.agree.builders import agreed, drafted, metric, quarter, sign_for, two_lines, wording
from accord.workflow.models import Document
from accord.workflow.tests.test_documents import together
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[], object]


def test_of_two_who_edit_at_once_one_is_told(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    acts: list[Act] = [
        lambda: edit_line(terms, cast.xiaozhang, 0, metric().pk, {"target": Decimal(20)}),
        lambda: edit_line(terms, cast.manager_li, 0, metric().pk, {"target": Decimal(30)}),
    ]
    [refused] = together(acts)
    assert isinstance(refused, errors.EditedMeanwhile)
    now = wording(terms.agreement)
    assert (now.edition, Event.objects.filter(name="agreement.line_changed").count()) == (1, 1)
    assert now.lines.get(metric=metric()).target in (20, 30)


def test_nobody_agrees_to_what_somebody_else_is_just_changing(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    failures = together(
        [
            lambda: edit_line(terms, cast.manager_li, 0, metric().pk, {"target": Decimal(30)}),
            lambda: agree(terms, cast.xiaozhang, 0),
        ]
    )
    now = wording(terms.agreement)
    # Whoever came first: the changed line carries no yes.
    assert (now.edition, now.employee_agreed_at) == (1, None)
    assert all(isinstance(each, errors.EditedMeanwhile) for each in failures)


def test_two_yeses_at_once_lay_out_one_document(cast: Cast) -> None:
    terms = wording(drafted(cast.xiaozhang))
    acts: list[Act] = [lambda: agree(terms, cast.xiaozhang, 0), lambda: agree(terms, cast.manager_li, 0)]
    assert together([*acts, *acts]) == []
    assert wording(terms.agreement).state == "signing"
    assert Document.objects.count() == 1
    assert Event.objects.filter(name="agreement.agreed").count() == 2


def test_signing_while_the_other_takes_back_ends_in_one_or_the_other(cast: Cast) -> None:
    terms = agreed(drafted(cast.xiaozhang))
    [_refused] = together([lambda: sign_for(cast.xiaozhang, terms), lambda: take_back(terms, cast.manager_li)])
    states = list(AgreementTerms.objects.order_by("number").values_list("state", flat=True))
    document = Document.objects.get()
    assert (document.state, document.signatures, states) in (
        ("open", 1, ["signing"]),
        ("withdrawn", 0, ["withdrawn", "draft"]),
    )


def test_a_wording_is_begun_again_once(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    AgreementTerms.objects.update(state="refused")
    [refused] = together([lambda who=who: begin_again(agreement, who) for who in (cast.xiaozhang, cast.manager_li)])
    assert isinstance(refused, errors.UnderWay)
    assert agreement.terms.count() == 2


def test_drafting_twice_at_once_makes_one_agreement_each(cast: Cast) -> None:
    cycle, lines = quarter(), two_lines()
    drafts = [AgreementDraft(person, lines) for person in (cast.xiaozhang, cast.colleague)]
    failures = together([lambda: draft_agreements(cycle, drafts, None)] * 2)
    assert all(isinstance(each, errors.DraftedMeanwhile) for each in failures)
    assert Agreement.objects.count() == AgreementTerms.objects.count() == 2


def test_what_both_signed_takes_effect_once(cast: Cast) -> None:
    terms = agreed(drafted(cast.xiaozhang))
    for person in (cast.xiaozhang, cast.manager_li):
        sign_for(person, terms)
    # The signature itself has let it take effect; the reaction run again, twice at once, changes nothing.
    assert wording(terms.agreement).state == "signed"
    before = (Kpi.objects.count(), KpiTarget.objects.count())
    assert together([lambda: put_in_force(terms)] * 2) == []
    assert (Kpi.objects.count(), KpiTarget.objects.count()) == before == (2, 2)
    assert Event.objects.filter(name="agreement.signed").count() == 1
