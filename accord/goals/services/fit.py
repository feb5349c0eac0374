"""Letting a warning of the fit check stand, with a word for it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from accord.foundation.clock import organisation_day
from accord.foundation.services.events import record
from accord.goals.errors.fit import NothingToOverride, TermsNotEdited, WordMissing
from accord.goals.models import Agreement, AgreementTerms, FitOverride
from accord.goals.notices.agreements import CHANGED
from accord.goals.queries.fit import misfits_of
from accord.goals.services.agreements.sides import other_side
from accord.goals.services.agreements.telling import tell
from accord.people.models import Employee

LONGEST_WORD = 200


@transaction.atomic
def override(agreement: Agreement, actor: Employee, code: str, metric_id: int | None, word: str) -> None:
    """Keep `actor`'s word that a warning may stand; it goes into the document that both sign. A later word replaces it.

    It changes what the document will say, so it takes back what either side had agreed to, and the other is told.

    Raises WordMissing, TermsNotEdited where the terms are not a draft, and NothingToOverride where the check does not
    say this of them.
    """
    said = word.strip()
    if not 0 < len(said) <= LONGEST_WORD:
        raise WordMissing(most=LONGEST_WORD)
    terms = _held_draft(agreement)
    found = next((each for each in misfits_of(terms) if (each.code, each.metric_id) == (code, metric_id)), None)
    if found is None:
        raise NothingToOverride
    if found.word == said:
        return
    FitOverride.objects.create(agreement=agreement, metric_id=metric_id, code=code, word=said, made_by=actor)
    _take_back(terms, actor)
    record(
        "fit.overridden",
        subject=f"agreements:{agreement.pk}",
        actor=actor.user,
        agreement_id=agreement.pk,
        code=code,
        metric_id=metric_id,
    )


def _take_back(terms: AgreementTerms, actor: Employee) -> None:
    AgreementTerms.objects.filter(pk=terms.pk).update(
        edition=F("edition") + 1, employee_agreed_at=None, manager_agreed_at=None
    )
    if terms.employee_agreed_at or terms.manager_agreed_at:
        occasion = f"{terms.pk} changed {organisation_day()}"
        tell(CHANGED, terms.agreement, [other_side(terms.agreement, actor)], occasion, name=actor.name)


def _held_draft(agreement: Agreement) -> AgreementTerms:
    """The draft, which cannot be laid out for signing before this transaction has ended."""
    drafts = AgreementTerms.objects.filter(agreement=agreement, state=AgreementTerms.State.DRAFT)
    if not drafts.update(edition=F("edition")):
        raise TermsNotEdited
    return drafts.select_related("agreement__employee__user", "agreement__manager__user", "agreement__cycle").get()
