"""An agreement that ends before its time, because its employee has left or has another position by now."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from accord.foundation.models import User
from accord.goals.errors import agreements as errors
from accord.goals.models import Agreement, AgreementTerms, KpiTarget
from accord.goals.notices.agreements import ENDED
from accord.goals.queries.agreements import moved_on
from accord.goals.services.agreements.in_force import clear, put_in_force, record_change, window_of
from accord.goals.services.agreements.telling import note, note_terms, tell
from accord.people.models import Employee
from accord.workflow.models import Document
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.documents import call_off

State = AgreementTerms.State


@transaction.atomic
def end_agreement(agreement: Agreement, actor: Employee, on: date, reason: str) -> None:
    """End the agreement of somebody who has another position with a day, the one before the move at the earliest.

    This is for its manager and HR, after they have looked: nothing ends by itself because somebody moved. Raises
    ReasonMissing, NotMoved, OutsideAgreement, or AgreementOver where somebody else was faster.
    """
    if not reason.strip():
        raise errors.ReasonMissing
    moved = moved_on(agreement)
    if moved is None:
        raise errors.NotMoved(name=agreement.employee.name, last=agreement.ends_on)
    first = max(agreement.starts_on, moved - timedelta(days=1))
    if not first <= on < agreement.ends_on:
        raise errors.OutsideAgreement(day=on, first=first, last=agreement.ends_on)
    if not end(agreement, on, reason.strip(), actor):
        raise errors.AgreementOver


def end(agreement: Agreement, on: date, reason: str, actor: Employee | None = None) -> bool:
    """Let an agreement and its targets end with a day, in the caller's transaction; false where it has changed since.

    A wording that is not in force yet comes to nothing with it.
    """
    was = agreement.ends_on
    if not Agreement.objects.filter(pk=agreement.pk, ends_on=was).update(ends_on=on):
        return False
    agreement.ends_on = on
    user = actor.user if actor else None
    withdraw_unfinished(agreement, reason, user)
    window = window_of(on + timedelta(days=1), was)
    record_change(window, clear(KpiTarget.objects.filter(kpi__line__terms__agreement=agreement), window))
    kept = {"on": on.isoformat(), "would_have_ended_on": was.isoformat(), "reason": reason}
    people = [agreement.employee, agreement.manager]
    keep("agreement.ended", f"agreements:{agreement.pk}", kept, actor=actor, about=people)
    note("ended", agreement, user, on=on.isoformat())
    tell(ENDED, agreement, [one for one in people if actor is None or one.pk != actor.pk], f"ended {on}", day=str(on))
    return True


def withdraw_unfinished(agreement: Agreement, reason: str, user: User | None = None) -> AgreementTerms | None:
    """Let the wording that is being agreed or signed come to nothing; returns it if there was one.

    What both have signed already takes effect instead.
    """
    terms = (
        AgreementTerms.objects.select_related("document", "agreement")
        .filter(agreement=agreement, state__in=AgreementTerms.UNFINISHED)
        .first()
    )
    if terms is None:
        return None
    still = AgreementTerms.objects.filter(pk=terms.pk, state=terms.state)
    if not still.update(state=State.WITHDRAWN):
        return None
    if terms.document is not None and not call_off(terms.document, reason):
        terms.document.refresh_from_db(fields=["state"])
        if terms.document.state == Document.State.SIGNED:
            # Both have signed, only what follows from it was not done yet: what was signed holds.
            AgreementTerms.objects.filter(pk=terms.pk).update(state=State.SIGNING)
            put_in_force(terms)
            return None
    note_terms("not_signed", terms, user, state=State.WITHDRAWN.value)
    return terms
