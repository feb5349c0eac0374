"""Agreements, read: what holds on a day, what was known when, and where everybody's agreement stands."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from accord.goals.models import Agreement, AgreementLine, AgreementTerms, Cycle
from accord.people.models import Employee

State = AgreementTerms.State


def terms_in_force(agreement: Agreement, on: date, known_at: datetime | None = None) -> AgreementTerms | None:
    """The terms that hold on a day, or that held on it as one knew at a moment; None where nothing was signed.

    Of the terms that had taken effect by the day, the last signed. Outside the agreement's days nothing holds.
    """
    if not agreement.starts_on <= on <= agreement.ends_on:
        return None
    signed = agreement.terms.filter(state=State.SIGNED, effective_on__lte=on)
    if known_at is not None:
        signed = signed.filter(signed_at__lte=known_at)
    return signed.order_by("-signed_at", "-number").first()


def base_of(terms: AgreementTerms) -> AgreementTerms | None:
    """What an amendment changes: the signed terms that hold, without it, on the day it takes effect."""
    earlier = terms_in_full().filter(agreement=terms.agreement_id, state=State.SIGNED, number__lt=terms.number)
    return earlier.filter(effective_on__lte=terms.effective_on).order_by("-number").first()


def agreement_of(employee: Employee, cycle: Cycle, on: date) -> Agreement | None:
    """The agreement of a person in a cycle that a day falls in; outside of all of them the nearest one before."""
    mine = agreements_in_full().filter(employee=employee, cycle=cycle).order_by("-starts_on")
    return mine.filter(starts_on__lte=on).first() or mine.last()


def agreements_of(employee: Employee, cycle: Cycle) -> QuerySet[Agreement]:
    """The agreements of a person in a cycle, one after the other: more than one for somebody who moved."""
    return agreements_in_full().filter(employee=employee, cycle=cycle).order_by("starts_on")


def agreements_in_full() -> QuerySet[Agreement]:
    """Agreements with their people and cycle, in one statement."""
    return Agreement.objects.select_related(
        "cycle", "employee__user", "employee__position", "employee__org_unit", "manager__user", "model_version"
    )


def terms_in_full() -> QuerySet[AgreementTerms]:
    """Terms with agreement, people, and lines in their order with what each is about."""
    lines = AgreementLine.objects.select_related("metric", "credited", "key_result").order_by("order", "id")
    return AgreementTerms.objects.select_related(
        "agreement__cycle",
        "agreement__employee__user",
        "agreement__employee__position",
        "agreement__employee__org_unit",
        "agreement__manager__user",
        "agreement__manager__position",
        "agreement__manager__org_unit",
        "document",
    ).prefetch_related(Prefetch("lines", lines))


def current_terms(agreement: Agreement) -> AgreementTerms | None:
    """The wording that is being worked on, or the newest one where none is."""
    return terms_in_full().filter(agreement=agreement).order_by("-number").first()


def history_of(agreement: Agreement) -> QuerySet[AgreementTerms]:
    """All wordings of an agreement, the newest first."""
    return terms_in_full().filter(agreement=agreement).order_by("-number")


def signed_agreements(employees: list[int], first: date, last: date) -> QuerySet[Agreement]:
    """The agreements of these people that are in force on some day of a stretch."""
    signed = AgreementTerms.objects.filter(state=State.SIGNED).values("agreement_id")
    return Agreement.objects.filter(
        employee__in=employees, starts_on__lte=last, ends_on__gte=first, pk__in=signed
    ).order_by("employee", "starts_on")
