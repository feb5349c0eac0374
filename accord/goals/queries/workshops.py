"""Workshops, read. Marks of an open workshop are read for the one who made them, and for nobody else."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from accord.domain.fit import Votes
from accord.goals.ballots import ballot_of
from accord.goals.models import CardComment, CardVote, Workshop, WorkshopCard
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name
from accord.people.models import Employee, Position

Column = WorkshopCard.Column
_MOST_OFFERED = 500


def votes_on(metrics: Collection[int], positions: Collection[int]) -> defaultdict[int, dict[int, Votes]]:
    """What closed workshops said of some metrics, by position and metric.

    Nothing where no workshop has voted on it, or too few people took part for their tallies to be kept.
    """
    cards = WorkshopCard.objects.filter(
        workshop__position__in=positions,
        workshop__state=Workshop.State.CLOSED,
        metric__in=metrics,
        movable__isnull=False,
    )
    told: defaultdict[int, dict[int, Votes]] = defaultdict(dict)
    counted = cards.values("workshop__position", "metric").annotate(yes=Sum("movable"), voters=Sum("workshop__voters"))
    for row in counted.order_by("workshop__position", "metric"):
        told[row["workshop__position"]][row["metric"]] = Votes(row["yes"], row["voters"] or 0)
    return told


@dataclass(frozen=True)
class BoardCard:
    """A card as one reader sees it. `mine` are the reader's own marks."""

    card: WorkshopCard
    mine: frozenset[str]

    @property
    def is_important(self) -> bool:
        return CardVote.Mark.IMPORTANT in self.mine

    @property
    def is_movable(self) -> bool:
        return CardVote.Mark.MOVABLE in self.mine


@dataclass(frozen=True)
class BoardColumn:
    """One column of the board, from top to bottom."""

    code: str
    label: str
    cards: Sequence[BoardCard]


@dataclass(frozen=True)
class Board:
    """The board of an open workshop for one reader; `voter` is the reader if they vote here."""

    workshop: Workshop
    voter: Employee | None

    @cached_property
    def mine(self) -> dict[int, frozenset[str]]:
        """The reader's own marks by card."""
        return _marks_of(self.workshop, self.voter) if self.voter else {}

    @cached_property
    def columns(self) -> list[BoardColumn]:
        by_column: defaultdict[str, list[BoardCard]] = defaultdict(list)
        for card in standing_cards(self.workshop).annotate(comment_count=Count("comments")):
            by_column[card.column].append(BoardCard(card, self.mine.get(card.pk, frozenset())))
        return [BoardColumn(code, str(label), by_column[code]) for code, label in Column.choices]

    @property
    def is_empty(self) -> bool:
        """Whether the first card is still to come."""
        return not any(column.cards for column in self.columns)

    def tag(self, language: str) -> str:
        """What the board looks like to this reader, as a word: their own marks are part of it, nobody else's are."""
        mine = sorted((card, *sorted(marks)) for card, marks in self.mine.items())
        seen = f"{self.workshop.edition} {self.workshop.state} {language} {mine}"
        return f'"{hashlib.sha256(seen.encode()).hexdigest()[:20]}"'


def standing_cards(workshop: Workshop) -> QuerySet[WorkshopCard]:
    """The cards of a workshop that were not merged into another, in the order of the board."""
    cards = WorkshopCard.objects.filter(workshop=workshop, merged_into=None)
    return cards.select_related("author", "metric").order_by("place", "id")


def said_about(card: WorkshopCard) -> QuerySet[CardComment]:
    """What was said about a card, in order."""
    return CardComment.objects.filter(card=card).select_related("author").order_by("id")


def own_marks(card: WorkshopCard, voter: Employee) -> frozenset[str]:
    """The marks that `voter` has set on a card of an open workshop."""
    return _marks_of(card.workshop, voter).get(card.pk, frozenset())


def workshop_list(visible: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """Workshops for a list, the open ones first, then the latest closed."""
    return (
        visible.select_related("position", "org_unit", "facilitator")
        .annotate(
            card_count=Count("cards", filter=Q(cards__merged_into=None), distinct=True),
            member_count=Count("members", distinct=True),
        )
        .order_by("-state", "-opened_at", "-id")
    )


def participants(workshop: Workshop) -> list[Employee]:
    """The members of a workshop, by number."""
    people = Employee.objects.filter(pk__in=workshop.members.values("employee"))
    return list(people.select_related("position", "user").order_by("employee_no"))


def metric_called(name: str) -> Metric | None:
    """The metric of the library that is in use under this name, in either language."""
    wanted = Q(name__iexact=name.strip()) | Q(name_en__iexact=name.strip())
    return Metric.objects.filter(wanted, is_active=True).order_by("id").first()


def library_names() -> list[str]:
    """What the field for a KPI offers."""
    metrics = Metric.objects.filter(is_active=True).order_by("name")
    return [metric_name(metric) for metric in metrics[:_MOST_OFFERED]]


def positions_in(teams: Iterable[QuerySet[Employee]]) -> QuerySet[Position]:
    """The positions that somebody in one of the teams holds."""
    held = [Q(pk__in=people.values("position")) for people in teams]
    return Position.objects.filter(reduce(or_, held, Q(pk__in=[]))).order_by("name")


@dataclass(frozen=True)
class Decided:
    """The cards that met one end."""

    label: str
    cards: Sequence[WorkshopCard]


def minutes_cards(workshop: Workshop) -> list[Decided]:
    """The cards of a closed workshop by decision, with the cards merged into them and what was said."""
    merged = Prefetch("merged", WorkshopCard.objects.select_related("author").order_by("id"))
    said = Prefetch("comments", CardComment.objects.select_related("author").order_by("id"))
    cards = list(standing_cards(workshop).prefetch_related(merged, said))
    wanted = (Column.ADOPTED, Column.DISCUSSED, Column.PROPOSED, Column.PARKED)
    found = (Decided(str(code.label), [card for card in cards if card.column == code]) for code in wanted)
    return [decided for decided in found if decided.cards]


def _marks_of(workshop: Workshop, voter: Employee) -> dict[int, frozenset[str]]:
    marks: defaultdict[int, set[str]] = defaultdict(set)
    votes = CardVote.objects.filter(card__workshop=workshop, voter=ballot_of(workshop, voter))
    for card, mark in votes.values_list("card_id", "mark"):
        marks[card].add(mark)
    return {card: frozenset(found) for card, found in marks.items()}
