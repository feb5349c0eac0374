"""Amending a signed agreement: a copy of what is in force, to be edited, agreed to and signed like the first terms."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accord.foundation.clock import organisation_day
from accord.goals.errors import agreements as errors
from accord.goals.models import Agreement, AgreementTerms
from accord.goals.notices.agreements import PROPOSED
from accord.goals.queries.agreements import terms_in_force
from accord.goals.services.agreements.copying import copy_of
from accord.goals.services.agreements.sides import require_side
from accord.goals.services.agreements.telling import note_terms, tell
from accord.people.models import Employee


@transaction.atomic
def draft_amendment(
    agreement: Agreement, actor: Employee, *, effective_on: date, reason: str, is_retroactive: bool = False
) -> AgreementTerms:
    """Begin an amendment that takes effect on a day within the agreement, today at the earliest unless retroactive.

    Raises NotYourAgreement, ReasonMissing, OutsideAgreement, NotSigned, or UnderWay where a wording is unfinished.
    """
    require_side(agreement, actor)
    return begin_amendment(agreement, actor, effective_on=effective_on, reason=reason, is_retroactive=is_retroactive)


@transaction.atomic
def begin_amendment(
    agreement: Agreement, actor: Employee, *, effective_on: date, reason: str, is_retroactive: bool = False
) -> AgreementTerms:
    """The same begun by somebody who may be neither side, such as whoever leads a calibration meeting: a draft binds
    nobody, and what becomes of it the two sides edit, agree to and sign alone.
    """
    if not reason.strip():
        raise errors.ReasonMissing
    day = effective_on if is_retroactive else max(effective_on, organisation_day())
    if not agreement.starts_on <= day <= agreement.ends_on:
        raise errors.OutsideAgreement(day=day, first=agreement.starts_on, last=agreement.ends_on)
    base = terms_in_force(agreement, day)
    if base is None:
        raise errors.NotSigned
    made = copy_of(base, actor, effective_on=day, is_retroactive=is_retroactive, reason=reason.strip())
    note_terms("amended", made, actor.user)
    told = [side for side in (made.agreement.employee, made.agreement.manager) if side.pk != actor.pk]
    tell(PROPOSED, made.agreement, told, f"{made.pk} proposed", name=actor.name)
    return made
