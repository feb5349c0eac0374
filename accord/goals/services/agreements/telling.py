"""Facts about an agreement, and telling its people of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from accord.foundation.models import User
from accord.foundation.notices import NoticeKind
from accord.foundation.services.events import record
from accord.foundation.services.notifications import Notice, notify_many
from accord.goals.models import Agreement, AgreementTerms
from accord.people.models import Employee


def note(what: str, agreement: Agreement, actor: User | None, **fields: object) -> None:
    """Record the fact `agreement.<what>` of one agreement."""
    record(f"agreement.{what}", subject=f"agreements:{agreement.pk}", actor=actor, agreement_id=agreement.pk, **fields)


def note_terms(what: str, terms: AgreementTerms, actor: User | None, **fields: object) -> None:
    """Record the fact `agreement.<what>` of one wording."""
    note(what, terms.agreement, actor, terms_id=terms.pk, **fields)


def tell(kind: NoticeKind, agreement: Agreement, people: Iterable[Employee], occasion: str, **values: str) -> None:
    """Tell people of an agreement, once per occasion; somebody without an account is told nothing."""
    tell_all(kind, [(agreement, people, occasion)], **values)


def tell_all(kind: NoticeKind, told: Iterable[tuple[Agreement, Iterable[Employee], str]], **values: str) -> None:
    """Tell people of many agreements: each with whom to tell of it, and the occasion."""
    notify_many(
        kind.code,
        [
            Notice(
                person.user,
                f"agreements:{agreement.pk}:{occasion}",
                {"person": agreement.employee.name, "cycle": agreement.cycle.name, **values},
                reverse("goals:agreement", args=[agreement.pk]),
            )
            for agreement, people, occasion in told
            for person in people
            if person.user
        ],
    )
