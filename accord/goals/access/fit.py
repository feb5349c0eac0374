"""Who may let a warning of the fit check stand: the two who edit the agreement, once they are shown its wording."""

from __future__ import annotations

from accord.goals.access.agreements import terms_to_change
from accord.goals.models import Agreement
from accord.people.access import Actor
from accord.people.models import Employee


def agreement_to_override(actor: Actor, pk: int) -> tuple[Agreement, Employee]:
    """The agreement `pk` and who speaks. Raises Http404 for strangers, PermissionDenied for those who only look."""
    terms, me = terms_to_change(actor, pk)
    return terms.agreement, me
