"""Closing a workshop: the ballot box is opened and emptied, what was adopted goes into the model, minutes are kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accord.foundation.services.events import record
from accord.goals.ballots import FEWEST_VOTERS
from accord.goals.errors.workshops import AdoptedTwice, BoardChanged, ReasonMissing, WorkshopClosed
from accord.goals.models import CardVote, Workshop, WorkshopCard
from accord.goals.notices.workshops import WORKSHOP_CLOSED
from accord.goals.queries.workshops import participants, standing_cards
from accord.goals.services.assessment_models.adopting import adopt
from accord.goals.services.workshops.telling import tell_members
from accord.metrics.models import Metric
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.people.models import Employee
from accord.workflow.services.archive.keeping import keep


@dataclass(frozen=True)
class Decision:
    """Why a card ends in the column it stands in, and how its metric is measured if the library lacks it."""

    reason: str
    definition: MetricDefinition | None = None


@transaction.atomic
def close(workshop: Workshop, decisions: Mapping[int, Decision], seen: int, actor: Employee) -> None:
    """Close a workshop from the board its closer saw, with a reason for every card.

    Tallies are written, unless fewer than three people voted, and the marks are deleted. Raises WorkshopClosed,
    BoardChanged, ReasonMissing or AdoptedTwice; nothing is decided then.
    """
    cards = list(standing_cards(workshop))
    _check(cards, decisions)
    now = timezone.now()
    closing = {"state": Workshop.State.CLOSED, "closed_at": now, "closed_by": actor, "edition": F("edition") + 1}
    if not Workshop.objects.filter(pk=workshop.pk, state=Workshop.State.OPEN, edition=seen).update(**closing):
        is_over = Workshop.objects.filter(pk=workshop.pk, state=Workshop.State.CLOSED).exists()
        raise WorkshopClosed if is_over else BoardChanged
    workshop.refresh_from_db()
    _count(workshop, cards)
    for card in cards:
        card.reason = decisions[card.pk].reason
    adopted = [card for card in cards if card.column == WorkshopCard.Column.ADOPTED]
    _find_metrics(adopted, decisions, actor)
    WorkshopCard.objects.bulk_update(cards, ["important", "movable", "reason", "metric"])
    for card in adopted:
        if card.metric:
            adopt(workshop.position, card.metric, card.author, actor)
    _keep_minutes(workshop, cards, actor)
    told = {"workshop_id": workshop.pk, "adopted": [card.metric_id for card in adopted]}
    record("workshop.closed", subject=f"workshops:{workshop.pk}", actor=actor.user, **told)
    tell_members(workshop, WORKSHOP_CLOSED, {"title": workshop.title})


def _check(cards: Iterable[WorkshopCard], decisions: Mapping[int, Decision]) -> None:
    for card in cards:
        if card.pk not in decisions:
            raise BoardChanged
        if not decisions[card.pk].reason.strip():
            raise ReasonMissing(name=card.name)
    names = Counter(card.name for card in cards if card.column == WorkshopCard.Column.ADOPTED)
    for name, many in names.items():
        if many > 1:
            raise AdoptedTwice(name=name)


def _count(workshop: Workshop, cards: Sequence[WorkshopCard]) -> None:
    """Open the box, write the totals, empty it. Of few voters no totals are kept: they would tell who chose what."""
    box = CardVote.objects.filter(card__workshop=workshop)
    voters: set[str] = set()
    tallies: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for card_id, voter, mark in box.values_list("card_id", "voter", "mark"):
        voters.add(voter)
        tallies[card_id][mark] += 1
    box.delete()
    workshop.voters = len(voters)
    workshop.save(update_fields=["voters"])
    if len(voters) >= FEWEST_VOTERS:
        for card in cards:
            card.important = tallies[card.pk][CardVote.Mark.IMPORTANT]
            card.movable = tallies[card.pk][CardVote.Mark.MOVABLE]


def _find_metrics(cards: Iterable[WorkshopCard], decisions: Mapping[int, Decision], actor: Employee) -> None:
    """Give every adopted card its metric of the library, made there where it is new."""
    new = [card for card in cards if card.metric is None]
    wanted = {card.pk: decisions[card.pk].definition or MetricDefinition(card.name, source=card.source) for card in new}
    found: dict[str, Metric] = ensure_metrics(list(wanted.values()), actor.user) if wanted else {}
    for card in new:
        card.metric = found[wanted[card.pk].name]


def _keep_minutes(workshop: Workshop, cards: Sequence[WorkshopCard], actor: Employee) -> None:
    members = participants(workshop)
    people = {each.pk: each for each in [*members, workshop.facilitator, actor, *(card.author for card in cards)]}
    minutes = _minutes(workshop, cards, members)
    keep("workshop.closed", f"workshops:{workshop.pk}", minutes, actor=actor, about=people.values())


def _minutes(workshop: Workshop, cards: Sequence[WorkshopCard], members: Sequence[Employee]) -> dict[str, Any]:
    return {
        "title": workshop.title,
        "question": workshop.question,
        "position": workshop.position.name,
        "org_unit": workshop.org_unit.path,
        "facilitator": workshop.facilitator.employee_no,
        "members": [member.employee_no for member in members],
        "voters": workshop.voters,
        "cards": [
            {
                "metric": card.name,
                "author": card.author.employee_no,
                "why": card.why,
                "how": card.how,
                "source": card.source,
                "decision": card.column,
                "reason": card.reason,
                "important": card.important,
                "movable": card.movable,
            }
            for card in cards
        ],
    }
