"""Agreements, read: what holds on a day, what was known when, and where everybody's agreement stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery

from accord.goals.models import Agreement, AgreementLine, AgreementTerms, Cycle
from accord.people.models import Employee, Placement

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


def line_of(terms: AgreementTerms, metric_id: int) -> AgreementLine | None:
    """The line of a metric in a wording."""
    return next((line for line in terms.lines.all() if line.metric_id == metric_id), None)


def history_of(agreement: Agreement) -> QuerySet[AgreementTerms]:
    """All wordings of an agreement, the newest first."""
    return terms_in_full().filter(agreement=agreement).order_by("-number")


def days_in_force() -> Iterator[tuple[int, date, date]]:
    """Employee, first and last day of every agreement that both have signed, in the order of time."""
    signed = AgreementTerms.objects.filter(state=State.SIGNED).values("agreement_id")
    rows = Agreement.objects.filter(pk__in=signed).order_by("starts_on", "id")
    yield from rows.values_list("employee_id", "starts_on", "ends_on").iterator(chunk_size=10_000)


def running(today: date) -> QuerySet[Agreement]:
    """The agreements that have not ended by a day."""
    return agreements_in_full().filter(ends_on__gte=today)


def outgrown(today: date) -> QuerySet[Agreement]:
    """The agreements in force of people who have another position by now than on the day their agreement began."""
    signed = AgreementTerms.objects.filter(state=State.SIGNED).values("agreement_id")
    begun = running(today).filter(starts_on__lte=today, pk__in=signed).exclude(employee__status=Employee.Status.LEFT)
    return begun.annotate(position_then=Subquery(_placed_then.values("position")[:1])).filter(
        ~Q(position_then=F("employee__position")), position_then__isnull=False
    )


def moved_on(agreement: Agreement) -> date | None:
    """Since when the person has the position they have now; None if it is that of the agreement's first day."""
    placements = list(Placement.objects.filter(employee=agreement.employee_id).order_by("valid_from"))
    before = [one for one in placements if one.valid_from <= agreement.starts_on]
    if not before or before[-1].position_id == agreement.employee.position_id:
        return None
    # The newest stretch of placements in today's position, whatever units they were in.
    moved = None
    for one in reversed(placements):
        if one.position_id != agreement.employee.position_id:
            break
        moved = one.valid_from
    return moved


_placed_then = Placement.objects.filter(employee=OuterRef("employee"), valid_from__lte=OuterRef("starts_on")).order_by(
    "-valid_from"
)
