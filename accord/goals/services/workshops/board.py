"""The board of a workshop: cards are proposed, talked about, moved and merged.

Each card is moved from the edition its mover saw. `edition` of the workshop counts what everybody can see, so that an
unchanged board costs nothing to ask for.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from accord.foundation.services.events import record
from accord.goals.errors.workshops import CardMoved, CardsNotMergeable, WorkshopClosed
from accord.goals.models import CardComment, CardVote, Workshop, WorkshopCard
from accord.metrics.models import Metric
from accord.people.models import Employee


@dataclass(frozen=True)
class Proposal:
    """A KPI somebody holds reasonable: of the library, or new by name."""

    name: str
    why: str
    how: str
    source: str = ""
    metric: Metric | None = None


@transaction.atomic
def propose(workshop: Workshop, proposal: Proposal, author: Employee) -> WorkshopCard:
    """Put a card into the first column. Raises WorkshopClosed."""
    touch(workshop)
    place = standing(workshop, WorkshopCard.Column.PROPOSED).count()
    card = WorkshopCard.objects.create(workshop=workshop, author=author, place=place, **vars(proposal))
    _record("card_proposed", card, author)
    return card


@transaction.atomic
def discuss(card: WorkshopCard, text: str, author: Employee) -> CardComment:
    """Say a word about a card. Raises WorkshopClosed."""
    touch(card.workshop)
    comment = CardComment.objects.create(card=card, author=author, text=text)
    _record("card_discussed", card, author)
    return comment


@transaction.atomic
def move(card: WorkshopCard, column: str, place: int | None, seen: int, actor: Employee) -> None:
    """Put a card into a column, at a place counted from the top (None: at its end), from the edition the mover saw.

    Raises WorkshopClosed, or CardMoved where somebody else was faster.
    """
    touch(card.workshop)
    if not _claimed(card, seen, column=WorkshopCard.Column(column)):
        raise CardMoved
    others = list(standing(card.workshop, column).exclude(pk=card.pk).order_by("place", "pk"))
    at = len(others) if place is None else max(0, min(place, len(others)))
    _arrange([*others[:at], card, *others[at:]])
    _record("card_moved", card, actor, column=column)


@transaction.atomic
def merge(card: WorkshopCard, into: WorkshopCard, seen: int, actor: Employee) -> None:
    """Let `card` become part of `into`: comments and marks follow, and a person's marks on both count once.

    Raises WorkshopClosed, CardMoved where somebody else was faster, or CardsNotMergeable.
    """
    touch(card.workshop)
    # The other card is claimed too: it must not go into a third one at the same moment.
    other = WorkshopCard.objects.filter(pk=into.pk, workshop=card.workshop_id, merged_into=None).exclude(pk=card.pk)
    if not other.update(edition=F("edition") + 1):
        raise CardsNotMergeable
    if not _claimed(card, seen, merged_into=into):
        raise CardMoved
    CardComment.objects.filter(card=card).update(card=into)
    same = CardVote.objects.filter(card=into, voter=OuterRef("voter"), mark=OuterRef("mark"))
    CardVote.objects.filter(card=card).exclude(Exists(same)).update(card=into)
    CardVote.objects.filter(card=card).delete()
    WorkshopCard.objects.filter(merged_into=card).update(merged_into=into)
    _record("cards_merged", card, actor, into_id=into.pk)


def touch(workshop: Workshop) -> None:
    """Claim the open workshop for this transaction, and count a change of its board. Raises WorkshopClosed."""
    if not Workshop.objects.filter(pk=workshop.pk, state=Workshop.State.OPEN).update(edition=F("edition") + 1):
        raise WorkshopClosed


def standing(workshop: Workshop, column: str) -> QuerySet[WorkshopCard]:
    """The cards of one column that were not merged into another."""
    return WorkshopCard.objects.filter(workshop=workshop, merged_into=None, column=column)


def _claimed(card: WorkshopCard, seen: int, **values: object) -> bool:
    """Compare-and-set: true where the card is still as its mover saw it."""
    stands = WorkshopCard.objects.filter(pk=card.pk, edition=seen, merged_into=None)
    return bool(stands.update(edition=F("edition") + 1, **values))


def _arrange(cards: list[WorkshopCard]) -> None:
    for place, card in enumerate(cards):
        card.place = place
    WorkshopCard.objects.bulk_update(cards, ["place"])


def _record(what: str, card: WorkshopCard, actor: Employee, **more: object) -> None:
    record(
        f"workshop.{what}",
        subject=f"workshops:{card.workshop_id}",
        actor=actor.user,
        workshop_id=card.workshop_id,
        card_id=card.pk,
        **more,
    )
