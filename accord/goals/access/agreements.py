"""Who may see an agreement: exactly those who may see the person. Only its two sides change it.

A draft that was not put before the employee yet is seen by everybody else who may see the agreement, not by them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accord.goals.models import Agreement, AgreementTerms
from accord.goals.queries.agreements import agreements_in_full, current_terms
from accord.goals.services.agreements.laying_out import terms_id_of
from accord.goals.services.agreements.sides import Side, side_of
from accord.people.access import Actor, is_executive, is_hrbp, own_employee, visible_employees
from accord.people.models import Employee
from accord.workflow.models import Document


@dataclass(frozen=True)
class SeenAgreement:
    """An agreement as one person sees it. `side` is None for those who only look; `me` is who looks."""

    agreement: Agreement
    terms: AgreementTerms | None
    side: Side | None
    me: Employee | None

    @property
    def can_edit(self) -> bool:
        """Whether the reader may change the wording now."""
        return self.side is not None and self.terms is not None and self.terms.state == AgreementTerms.State.DRAFT

    def may_read(self, terms: AgreementTerms) -> bool:
        """Whether the reader may see one of its wordings already."""
        return self.side != "employee" or not is_being_prepared(terms)

    @property
    def other(self) -> Employee:
        """The one whom the reader agrees with."""
        return self.agreement.manager if self.side == "employee" else self.agreement.employee


def visible_agreements(actor: Actor) -> QuerySet[Agreement]:
    """The agreements of the people whom `actor` may see."""
    return agreements_in_full().filter(employee__in=visible_employees(actor))


def agreement_for(actor: Actor, pk: int) -> SeenAgreement:
    """The agreement `pk` as `actor` sees it. Raises Http404 for whoever may not see the person."""
    agreement = get_object_or_404(visible_agreements(actor), pk=pk)
    me = own_employee(actor)
    side = side_of(agreement, me)
    terms = current_terms(agreement)
    seen = SeenAgreement(agreement, terms, side, me)
    return replace(seen, terms=None) if terms is not None and not seen.may_read(terms) else seen


def is_being_prepared(terms: AgreementTerms) -> bool:
    """Whether a draft was not put before the employee yet."""
    return terms.state == AgreementTerms.State.DRAFT and terms.proposed_at is None


def agreement_to_change(actor: Actor, pk: int) -> tuple[Agreement, Employee]:
    """The agreement `pk` and which of its two sides acts. Http404 for strangers, PermissionDenied for other readers."""
    seen = agreement_for(actor, pk)
    if seen.side is None or seen.me is None:
        raise PermissionDenied
    return seen.agreement, seen.me


def terms_to_change(actor: Actor, pk: int) -> tuple[AgreementTerms, Employee]:
    """The newest wording of the agreement `pk` for one of its sides, as far as they may see it yet."""
    seen = agreement_for(actor, pk)
    if seen.side is None or seen.me is None or seen.terms is None:
        raise PermissionDenied
    return seen.terms, seen.me


def may_draft_in_bulk(actor: Actor) -> bool:
    """Whether `actor` drafts agreements for many and reminds people: HR business partners and executives."""
    return is_hrbp(actor) or is_executive(actor)


def agreement_to_end(actor: Actor, pk: int) -> tuple[Agreement, Employee]:
    """The agreement `pk` for whoever may end it after a move: its manager, HR partners and executives who see it."""
    seen = agreement_for(actor, pk)
    if seen.me is None or seen.side == "employee" or not (seen.side == "manager" or may_draft_in_bulk(actor)):
        raise PermissionDenied
    return seen.agreement, seen.me


def may_read_document(actor: Actor, document: Document) -> bool:
    """Whether `actor` reads the document of an agreement beside its parties: whoever may see the person."""
    pk = terms_id_of(document.subject)
    return pk is not None and visible_agreements(actor).filter(terms=pk).exists()
