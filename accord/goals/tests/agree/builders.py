"""Agreements in every state, made through the product's own commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.utils import timezone

from accord.domain.periods import Frequency, Period
from accord.foundation.second_factors import Password
from accord.goals.models import Agreement, AgreementTerms, Cycle, KpiTarget
from accord.goals.services.agreements.drafting import draft_agreements
from accord.goals.services.agreements.drafts import AgreementDraft, LineDraft
from accord.goals.services.agreements.in_force import follow_signed
from accord.goals.services.agreements.terms import agree
from accord.metrics.models import Metric
from accord.people.models import Employee
from accord.workflow.models import DocumentParty
from accord.workflow.services.documents import sign

SECRET = Password("secret")
"""The password of everybody in the cast."""
OCTOBER_5 = date(2026, 10, 5)


def quarter() -> Cycle:
    """The fourth quarter of 2026."""
    return Cycle.objects.get_or_create(
        name="2026-Q4", defaults={"starts_on": date(2026, 10, 1), "ends_on": date(2026, 12, 31)}
    )[0]


def metric(name: str = "签约额", **more: object) -> Metric:
    """A weekly metric in 万元 unless said otherwise."""
    return Metric.objects.get_or_create(name=name, defaults={"unit": "万元", **more})[0]


def line(of: Metric, weight: str = "1", target: str = "24", **more: object) -> LineDraft:
    """One line to be."""
    numbers = ("weight_min", "weight_max", "target_min", "target_max", "threshold", "stretch")
    exact = {name: Decimal(str(value)) if name in numbers else value for name, value in more.items()}
    return LineDraft(metric_id=of.pk, weight=Decimal(weight), target=Decimal(target), **exact)  # type: ignore[arg-type]


def two_lines() -> list[LineDraft]:
    """60 % contract value and 40 % collection rate."""
    return [line(metric(), "0.6"), line(metric("回款率", unit="%", aggregation="last"), "0.4", "88")]


def drafted(employee: Employee, lines: Sequence[LineDraft] | None = None, cycle: Cycle | None = None) -> Agreement:
    """A draft agreement."""
    cycle = cycle or quarter()
    done = draft_agreements(cycle, [AgreementDraft(employee, lines if lines is not None else two_lines())], None)
    assert not done.skipped
    return Agreement.objects.select_related("employee__user", "manager__user").get(pk=[*done.created, *done.updated][0])


def wording(agreement: Agreement) -> AgreementTerms:
    """The newest wording, read anew."""
    return (
        AgreementTerms.objects.select_related("agreement__employee", "document")
        .filter(agreement=agreement)
        .latest("number")
    )


def week(label: str) -> int:
    """The key of a week."""
    return Period.parse(label, Frequency.WEEK).key


def on(day: date, hour: int = 9):
    """Run a block as if it were `day` in the organisation's zone."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))
    return patch.object(timezone, "now", lambda: moment)


def agreed(agreement: Agreement) -> AgreementTerms:
    """The newest wording after both have said yes to it: laid out for signature."""
    for person in (agreement.employee, agreement.manager):
        terms = wording(agreement)
        agree(terms, person, terms.edition)
    return wording(agreement)


def sign_for(person: Employee, terms: AgreementTerms) -> None:
    """Let one side sign with their password."""
    party = DocumentParty.objects.select_related("document", "employee__user").get(
        document=terms.document, employee=person
    )
    sign(party, party.employee.user, party.document.digest, SECRET)


def signed(agreement: Agreement) -> AgreementTerms:
    """The newest wording, agreed to and signed by both, and in force."""
    terms = agreed(agreement)
    for person in (agreement.employee, agreement.manager):
        sign_for(person, terms)
    # What follows from the signature runs after commit, which a test's transaction never reaches.
    follow_signed(terms.document_id, terms.document.kind, terms.document.subject)
    return wording(agreement)


def targets(agreement: Agreement, of: Metric) -> list[tuple[str, str, Decimal]]:
    """The targets of a person and metric: first period, last period, target."""
    rows = KpiTarget.objects.filter(series__employee=agreement.employee, series__metric=of).order_by("from_period")
    return [(Period(row.from_period).label, Period(row.to_period).label, row.target) for row in rows]
