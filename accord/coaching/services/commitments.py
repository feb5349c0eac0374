"""Commands about commitments. Each changes one only from the edition its author saw; the other side hears of it.

A second click on the same button finds what the first one did, and nobody hears of it twice.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accord.coaching.errors.commitments import CommitmentChanged, CommitmentRecorded, PartnerHasLeft, PromisedToOneself
from accord.coaching.models import Commitment, CommitmentMove
from accord.coaching.notices import commitments as notices
from accord.foundation.clock import organisation_day
from accord.foundation.notices import NoticeKind
from accord.foundation.services.events import record
from accord.foundation.services.notifications import notify
from accord.people.models import Employee

LONGEST_TEXT = 300
FARTHEST = timedelta(days=730)
State = Commitment.State


@transaction.atomic
def promise(
    owner: Employee,
    partner: Employee,
    text: str,
    due_on: date,
    source: str,
    sentence: str,
    by: Employee,
    *,
    quietly: bool = False,
    token: UUID | None = None,
) -> Commitment:
    """Keep what `owner` will do by a day and `partner` follows; `source` is `<table>:<id>`, `by` whoever records it.

    The other of the two hears of it, unless `quietly`: where both have just signed it nobody needs telling. `token` is
    the form it stands in: sent again, it finds what it made. Raises PromisedToOneself, PartnerHasLeft for something
    recorded by hand with somebody who left, or CommitmentRecorded where the same form says something else now.
    """
    if owner.pk == partner.pk:
        raise PromisedToOneself
    other = partner if by.pk == owner.pk else owner
    if not quietly and other.status == Employee.Status.LEFT:
        raise PartnerHasLeft(name=other.name)
    words = text.strip()[:LONGEST_TEXT]
    told = {"owner": owner, "partner": partner, "text": words, "due_on": due_on, "source": source}
    made, is_new = Commitment.objects.get_or_create(
        made_by=by, token=token or uuid4(), defaults={**told, "sentence": sentence.strip()}
    )
    if not is_new:
        if any(getattr(made, name) != value for name, value in told.items()):
            raise CommitmentRecorded(text=made.text)
        return made
    _record("made", made, by)
    if not quietly:
        _tell(notices.PROMISED if other.pk == partner.pk else notices.AGREED, made, by)
    return made


@transaction.atomic
def keep(commitment: Commitment, note: str, by: Employee, edition: int) -> None:
    """The owner has done it. Raises CommitmentChanged."""
    if _change(commitment, edition, State.OPEN, state=State.KEPT, note=note.strip(), closed_at=timezone.now()):
        _record("kept", commitment, by)
        _tell(notices.KEPT, commitment, by)


@transaction.atomic
def move(commitment: Commitment, due_on: date, word: str, by: Employee, edition: int) -> None:
    """It slips: the owner names another day and says why. Raises CommitmentChanged."""
    if not word.strip() or due_on < organisation_day():
        raise ValueError("a commitment is put off to a day to come, with a word")
    before = commitment.due_on
    if not _change(commitment, edition, State.OPEN, due_on=due_on, moves=F("moves") + 1):
        if commitment.moved.filter(after=due_on, word=word.strip()).exists():
            return
        raise CommitmentChanged
    CommitmentMove.objects.create(commitment=commitment, before=before, after=due_on, word=word.strip())
    _record("moved", commitment, by)
    _tell(notices.MOVED, commitment, by)


@transaction.atomic
def drop(commitment: Commitment, word: str, by: Employee, edition: int) -> None:
    """Either side says that it is no longer needed, and why. Raises CommitmentChanged."""
    if not word.strip():
        raise ValueError("a commitment is dropped with a word")
    if _change(commitment, edition, State.OPEN, state=State.DROPPED, note=word.strip(), closed_at=timezone.now()):
        _record("dropped", commitment, by)
        _tell(notices.DROPPED, commitment, by)


@transaction.atomic
def reopen(commitment: Commitment, by: Employee, edition: int) -> None:
    """Either side opens a closed one again. Raises CommitmentChanged."""
    if _change(commitment, edition, State.KEPT, State.DROPPED, state=State.OPEN, note="", closed_at=None):
        _record("reopened", commitment, by)
        _tell(notices.REOPENED, commitment, by)


def _change(commitment: Commitment, edition: int, *states: str, **values: object) -> bool:
    """Compare-and-set on what its author saw; false where just that has been done from there. Raises otherwise."""
    seen = Commitment.objects.filter(pk=commitment.pk, edition=edition, state__in=states)
    is_done = bool(seen.update(edition=edition + 1, **values))
    commitment.refresh_from_db()
    wanted = [(name, value) for name, value in values.items() if name in ("state", "note", "due_on")]
    stands = commitment.edition == edition + 1 and all(getattr(commitment, name) == value for name, value in wanted)
    if not is_done and not stands:
        raise CommitmentChanged
    return is_done


def _record(what: str, commitment: Commitment, by: Employee) -> None:
    record(
        f"commitment.{what}",
        subject=f"commitments:{commitment.pk}",
        actor=by.user,
        commitment_id=commitment.pk,
    )


def _tell(kind: NoticeKind, commitment: Commitment, by: Employee) -> None:
    other = commitment.partner if by.pk == commitment.owner_id else commitment.owner
    if other.user is None or other.status == Employee.Status.LEFT:
        return
    notify(
        other.user,
        kind.code,
        cause=f"commitments:{commitment.pk}:{commitment.edition}",
        values={"name": by.name, "text": commitment.text, "due": commitment.due_on.isoformat()},
        url=reverse("coaching:commitment", args=[commitment.pk]),
    )
