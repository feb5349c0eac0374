"""A wording that came to nothing, or is to be amended, begun again as the next draft."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accord.goals.errors.agreements import NotBeingAgreed, UnderWay
from accord.goals.models import Agreement, AgreementTerms
from accord.goals.queries.agreements import current_terms, terms_in_full
from accord.goals.services.agreements.lines import as_draft, insert_lines
from accord.goals.services.agreements.sides import require_side
from accord.goals.services.agreements.telling import note_terms
from accord.people.models import Employee

State = AgreementTerms.State
ENDED = (State.REFUSED, State.EXPIRED, State.WITHDRAWN)


@transaction.atomic
def begin_again(agreement: Agreement, actor: Employee) -> AgreementTerms:
    """Copy the newest wording, which was refused, withdrawn or not signed in time, as a draft that can be edited.

    Either side may. Raises NotYourAgreement, UnderWay, or NotBeingAgreed where the newest wording is in force.
    """
    require_side(agreement, actor)
    newest = current_terms(agreement)
    if newest is None or newest.state in AgreementTerms.UNFINISHED:
        raise UnderWay
    if newest.state not in ENDED:
        raise NotBeingAgreed(state=newest.get_state_display())
    return next_wording(newest, actor)


def next_wording(terms: AgreementTerms, actor: Employee | None) -> AgreementTerms:
    """A draft that says what `terms` say, already before both. Raises UnderWay where another is being agreed."""
    wording = copy_of(
        terms, actor, effective_on=terms.effective_on, is_retroactive=terms.is_retroactive, reason=terms.reason
    )
    note_terms("begun_again", wording, actor.user if actor else None)
    return wording


def copy_of(
    terms: AgreementTerms, actor: Employee | None, *, effective_on: date, is_retroactive: bool, reason: str
) -> AgreementTerms:
    """The next wording of the same agreement with the lines of `terms`. Raises UnderWay where one is unfinished."""
    last = AgreementTerms.objects.filter(agreement=terms.agreement_id).aggregate(last=Max("number"))["last"]
    try:
        with transaction.atomic():
            made = AgreementTerms.objects.create(
                agreement=terms.agreement,
                number=last + 1,
                effective_on=effective_on,
                is_retroactive=is_retroactive,
                reason=reason,
                proposed_at=timezone.now(),
                made_by=actor,
            )
    except IntegrityError as error:
        raise UnderWay from error
    insert_lines({made.pk: [as_draft(line) for line in terms.lines.order_by("order", "id")]})
    return terms_in_full().get(pk=made.pk)
