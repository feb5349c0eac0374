"""Scores of past periods stay as they were unless both signed otherwise; what was known when can be told for ever."""

from __future__ import annotations

import inspect
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accord.domain.scorecard import score_line
from accord.goals.models import Agreement, AgreementTerms, KpiTarget
from accord.goals.queries.agreements import terms_in_force
from accord.goals.queries.calibrations.history import differences, history
from accord.goals.queries.scorecards import scorecard
from accord.goals.services.agreements.amending import begin_amendment
from accord.goals.services.calibrations.proposals import Proposal
from accord.goals.services.calibrations.proposing import draft
from accord.goals.tests.agree.builders import agreed, metric, quarter, signed
from accord.goals.tests.calib.builders import came_in, conversion, in_force, lower_conversion, on
from accord.people.models import Employee
from tests.cast import Cast, cast

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
END_OF_YEAR = date(2027, 1, 15)


def amended(
    agreement: Agreement, proposal: Proposal, day: date, *, both_sign: bool = True, later: int = 0
) -> AgreementTerms:
    """A proposal of the manager on a day, signed by both some days `later`, or left unsigned."""
    agreement = Agreement.objects.select_related("employee__user", "manager__user").get(pk=agreement.pk)
    with on(day - timedelta(days=later)):
        terms = draft(agreement, proposal, agreement.manager)
    with on(day):
        return signed(agreement) if both_sign else terms


def scores_of_weeks(employee: Employee, before: date) -> dict[tuple[int, int], Decimal | None]:
    """By metric and week: what each week that is over by a day is worth by the terms it belongs to."""
    card = scorecard(employee, quarter(), END_OF_YEAR).card
    weeks = {}
    for phase in card.phases:
        for line in phase.lines:
            for due in line.dues:
                if due.is_over(before):
                    one = line.__class__(
                        weight=line.weight,
                        method=line.method,
                        params=line.params,
                        dues=(due,),
                        lower_is_better=line.lower_is_better,
                    )
                    weeks[line.metric, due.period] = score_line(one, END_OF_YEAR, True).points
    return weeks


amendments = st.lists(
    st.tuples(
        st.integers(8, 20),  # days until it is signed, a week after it was drafted
        st.integers(-60, 60),  # days from the signature to the day wished for
        st.decimals("1", "5", places=1),
        st.booleans(),
        st.booleans(),
    ),
    max_size=5,
)


class TestPastScores(TestCase):
    """A random history of amendments, signed or not, retroactive or not."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(amendments)
    def test_a_week_that_is_over_keeps_its_score_unless_both_signed_that_it_moves(self, drawn: list) -> None:
        people = inspect.unwrap(cast)(None)
        agreement = in_force(people.xiaozhang)
        came_in(people.xiaozhang, conversion(), [1 + place / 10 for place in range(13)])
        came_in(people.xiaozhang, metric("GMV"), [80 + place for place in range(13)])
        day, known = date(2026, 10, 12), []
        for wait, ahead, target, is_retroactive, both_sign in drawn:
            day = min(day + timedelta(days=wait), LAST)
            wished = max(FIRST, min(day + timedelta(days=ahead), LAST))
            if agreement.terms.filter(state="draft").exists():
                break
            before = scores_of_weeks(people.xiaozhang, day)
            held = {each: terms_in_force(agreement, each) for each in (FIRST, day, LAST)}
            proposal = lower_conversion(str(target), wished, is_retroactive=is_retroactive)
            if _says_nothing(agreement, proposal, day - timedelta(days=7)):
                continue
            terms = amended(agreement, proposal, day, both_sign=both_sign, later=7)
            after = scores_of_weeks(people.xiaozhang, day)
            if not (both_sign and is_retroactive):
                assert after == before
            else:
                moved = {week for _metric, week in before if before[_metric, week] != after[_metric, week]}
                assert all(_end(week) >= terms.effective_on for week in moved)
            if both_sign:
                known.append((terms.signed_at - timedelta(seconds=1), held))
            # What was known before a signature is known of that moment for ever.
            for moment, then in known:
                assert {each: terms_in_force(agreement, each, moment) for each in then} == then
        _targets_never_overlap(people.xiaozhang)


def _says_nothing(agreement: Agreement, proposal: Proposal, day: date) -> bool:
    base = terms_in_force(agreement, max(proposal.effective_on, day if not proposal.is_retroactive else FIRST))
    [(metric_id, changed)] = proposal.changes.items()
    return base is None or base.lines.get(metric=metric_id).target == changed["target"]


def _end(week: int) -> date:
    return date.fromordinal((week % 1_000_000) * 7 + 7)


def _targets_never_overlap(employee: Employee) -> None:
    for series in employee.series.all():
        rows = list(KpiTarget.objects.filter(series=series).order_by("from_period"))
        assert all(one.to_period < two.from_period for one, two in pairwise(rows))


@pytest.mark.django_db
def test_what_held_and_what_was_known_are_two_questions(cast: Cast) -> None:
    agreement = in_force(cast.xiaozhang)
    late = lower_conversion("2", date(2026, 10, 12), is_retroactive=True)
    second = amended(agreement, late, date(2026, 11, 10))
    first = agreement.terms.get(number=1)
    found = history(agreement)
    assert found.days == [FIRST, date(2026, 10, 12)]
    assert [[terms.number for _day, terms in known.held] for known in found.known] == [[1, 1], [1, 2]]
    with on(date(2026, 11, 9)):
        before = second.signed_at - timedelta(hours=1)
    assert found.held(date(2026, 10, 20), before) == first
    assert found.held(date(2026, 10, 20), second.signed_at) == second
    assert found.held(date(2026, 10, 5), second.signed_at) == first
    assert found.held(date(2027, 1, 1), second.signed_at) is None
    [changed] = found.steps[1].differences
    assert (changed.field, changed.before, changed.after) == ("target", Decimal("2.4"), Decimal(2))


@pytest.mark.django_db
def test_a_refused_wording_is_told_and_never_held(cast: Cast) -> None:
    agreement = in_force(cast.xiaozhang)
    terms = amended(agreement, lower_conversion(), date(2026, 11, 10), both_sign=False)
    AgreementTerms.objects.filter(pk=terms.pk).update(state="refused")
    found = history(agreement)
    assert ([each.terms.number for each in found.steps], [each.number for each in found.unsigned]) == ([1], [2])


@pytest.mark.django_db
def test_differences_name_what_came_and_went(cast: Cast) -> None:
    agreement = in_force(cast.xiaozhang)
    with on(date(2026, 11, 10)):
        terms = begin_amendment(agreement, cast.hrbp_wang, effective_on=date(2026, 12, 1), reason="换指标")
    old = list(agreement.terms.get(number=1).lines.order_by("order"))
    new = list(terms.lines.order_by("order"))
    new[0].metric, new[0].metric_id = metric("访客数"), metric("访客数").pk
    new[1].method, new[1].weight, new[1].params = "all_or_nothing", Decimal("0.3"), {"full": "100"}
    told = [(each.metric.name, each.field) for each in differences(old, new)]
    assert told == [
        ("访客数", "added"),
        ("转化率", "weight"),
        ("转化率", "method"),
        ("转化率", "params"),
        ("GMV", "removed"),
    ]


@pytest.mark.django_db
def test_a_new_manager_signs_what_is_amended_after_the_change(cast: Cast) -> None:
    """The one who was manager when the agreement was made proposes no more; the new one does and signs."""
    agreement = in_force(cast.xiaozhang)
    Agreement.objects.filter(pk=agreement.pk).update(manager=cast.stranger_manager)
    agreement = Agreement.objects.select_related("employee__user", "manager__user").get(pk=agreement.pk)
    with on(date(2026, 11, 10)):
        draft(agreement, lower_conversion(), cast.hrbp_wang)
        laid_out = agreed(agreement)
        assert {party.employee for party in laid_out.document.parties.all()} == {cast.xiaozhang, cast.stranger_manager}
