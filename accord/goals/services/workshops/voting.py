"""Voting. The one command of the product that records no event: see docs/adr/0017."""

from __future__ import annotations

from django.db import transaction

from accord.goals.ballots import ballot_of
from accord.goals.errors.workshops import WorkshopClosed
from accord.goals.models import CardVote, Workshop, WorkshopCard
from accord.people.models import Employee


@transaction.atomic
def set_mark(card: WorkshopCard, voter: Employee, mark: str, is_set: bool) -> None:
    """Set one's mark on a card or take it off; saying the same twice changes nothing. Raises WorkshopClosed.

    The board's edition stays as it is: who polls it must not notice that somebody has voted.
    """
    workshop = card.workshop
    # Claimed without a change, so that no mark is written behind the back of a closing workshop.
    if not Workshop.objects.filter(pk=workshop.pk, state=Workshop.State.OPEN).update(state=Workshop.State.OPEN):
        raise WorkshopClosed
    mine = {"card": card, "voter": ballot_of(workshop, voter), "mark": CardVote.Mark(mark)}
    if is_set:
        CardVote.objects.bulk_create([CardVote(**mine)], ignore_conflicts=True)
    else:
        CardVote.objects.filter(**mine).delete()
