"""The two sides of an agreement. Only they change, agree and sign; nobody does so for somebody else."""

from __future__ import annotations

from typing import Literal

from accord.goals.errors.agreements import NotYourAgreement
from accord.goals.models import Agreement, AgreementTerms
from accord.people.models import Employee

Side = Literal["employee", "manager"]


def side_of(agreement: Agreement, person: Employee | None) -> Side | None:
    """Which side of the agreement somebody is, if any."""
    if person is None:
        return None
    if person.pk == agreement.employee_id:
        return "employee"
    return "manager" if person.pk == agreement.manager_id else None


def require_side(agreement: Agreement, person: Employee) -> Side:
    """The side somebody is. Raises NotYourAgreement for everybody else, whatever their role."""
    side = side_of(agreement, person)
    if side is None:
        raise NotYourAgreement(employee=agreement.employee.name, manager=agreement.manager.name)
    return side


def other_side(agreement: Agreement, person: Employee) -> Employee:
    """The one whom one agrees with."""
    return agreement.manager if person.pk == agreement.employee_id else agreement.employee


def has_agreed(terms: AgreementTerms, side: Side) -> bool:
    """Whether that side has said yes to the lines as they stand."""
    return getattr(terms, f"{side}_agreed_at") is not None
