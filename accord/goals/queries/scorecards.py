"""Scorecards, read: how somebody stands in a cycle so far or came out of it, worked out from what is in force.

Whatever a page says about an effect on a score comes from here. Whoever calls has made sure that the reader may see the
employee.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from accord.domain.periods import Period
from accord.domain.scorecard import Card, Due, Need, ScoredCard, ScoredLine, ScoredPhase, needs, score_card
from accord.domain.scorecard.needed import is_falling
from accord.domain.scoring.arithmetic import HUNDRED
from accord.domain.status import Light, light_of
from accord.foundation.language import readers_language
from accord.goals.models import AgreementTerms, Cycle
from accord.goals.queries.scorecard_inputs import cards_of
from accord.metrics.models import Metric
from accord.people.models import Employee


@dataclass(frozen=True)
class Evidence:
    """One period of a line: what was due, what came, and the light of it. `is_over` says whether it counts yet."""

    period: Period
    due: Due
    light: int | None
    is_over: bool


@dataclass(frozen=True)
class ScorecardLine:
    """One line of a scorecard: what it came to, and everything that shows why."""

    scored: ScoredLine
    metric: Metric
    on: date
    is_final: bool

    @property
    def weight(self) -> Decimal:
        return self.scored.line.weight

    @property
    def actual(self) -> Decimal | None:
        return self.scored.actual.actual

    @property
    def target(self) -> Decimal | None:
        return self.scored.actual.target

    @property
    def score(self) -> Decimal | None:
        return self.scored.points

    @property
    def sentence(self) -> str:
        """Why the score is what it is, or why there is none, in the reader's language."""
        return self.scored.sentence(readers_language())

    @property
    def series(self) -> int:
        """The key of the series whose values count; 0 while it has never had one."""
        return self.scored.line.series

    @property
    def share(self) -> Decimal | None:
        """Share of the target that was reached, 100 is the target; None where there is no ratio."""
        if self.actual is None or self.target is None or self.target <= 0:
            return None
        attained = self.actual / self.target
        return HUNDRED * (2 - attained if self.scored.line.lower_is_better else attained)

    @cached_property
    def light(self) -> int | None:
        """The light of the whole line; None without a value."""
        if self.actual is None or self.target is None:
            return None
        return int(light_of(self.actual, self.target, self.scored.line.lower_is_better))

    @cached_property
    def evidence(self) -> list[Evidence]:
        """The periods of the line, oldest first."""
        return [self._evidence(due) for due in self.scored.line.dues]

    def _evidence(self, due: Due) -> Evidence:
        is_over = self.is_final or due.is_over(self.on)
        lower = self.scored.line.lower_is_better
        shown = int(light_of(due.value, due.target, lower)) if due.value is not None and is_over else None
        return Evidence(Period(due.period), due, shown, is_over)


@dataclass(frozen=True)
class ScorecardPhase:
    """The lines of the days on which the same terms hold."""

    scored: ScoredPhase
    lines: Sequence[ScorecardLine]

    @property
    def first(self) -> date:
        return self.scored.phase.first

    @property
    def last(self) -> date:
        return self.scored.phase.last

    @property
    def total(self) -> Decimal | None:
        return self.scored.points

    @property
    def part(self) -> Decimal | None:
        """How the lines stand that have a score, their weights taken as the whole."""
        return self.scored.part

    @property
    def sentence(self) -> str:
        return self.scored.sentence(readers_language())


@dataclass(frozen=True)
class Scorecard:
    """How one person stands in a cycle as of the day `on`. `total` is None while a score is missing."""

    employee: Employee
    cycle: Cycle
    on: date
    scored: ScoredCard
    phases: Sequence[ScorecardPhase]

    @property
    def card(self) -> Card:
        return self.scored.card

    @property
    def is_final(self) -> bool:
        return self.card.is_final

    @property
    def total(self) -> Decimal | None:
        return self.scored.total

    @property
    def part(self) -> Decimal | None:
        """How the lines stand that have a score, while the total is missing others."""
        return self.scored.part

    @property
    def share(self) -> Decimal:
        """The weight of the lines that have a score."""
        return self.scored.share

    @property
    def sentences(self) -> list[str]:
        return self.scored.sentences(readers_language())

    @property
    def lines(self) -> list[ScorecardLine]:
        """The lines of the phase that holds on the day, or of the last one that did."""
        begun = [phase for phase in self.phases if phase.first <= self.on] or self.phases[:1]
        return list(begun[-1].lines) if begun else []

    @property
    def light(self) -> int | None:
        """The light of the whole: how it stands, read as a share of 100."""
        stands = self.part if self.total is None else self.total
        return None if stands is None else int(light_of(stands, HUNDRED, False))

    @property
    def is_split(self) -> bool:
        """Whether terms changed within the cycle."""
        return len(self.phases) > 1

    @property
    def counts(self) -> dict[int, int]:
        """How many of the lines that hold shine in which colour; 0 is without a value."""
        shining = [line.light or 0 for line in self.lines]
        return {light: shining.count(light) for light in (Light.RED, Light.YELLOW, Light.GREEN, 0)}


@dataclass(frozen=True)
class LineNeed:
    """What the rest of the cycle would have to bring of one line."""

    need: Need
    metric: Metric

    @property
    def is_falling(self) -> bool:
        """Whether less is better."""
        return is_falling(self.need.line)

    @property
    def first(self) -> Period:
        return Period(self.need.remaining[0])

    @property
    def last(self) -> Period:
        return Period(self.need.remaining[-1])


def scorecard(employee: Employee, cycle: Cycle, on: date, *, instead: AgreementTerms | None = None) -> Scorecard:
    """The scorecard of a person as of a day: so far while the cycle runs, in full from the day after its end.

    With `instead`, terms that are not signed yet, it is what it would be had both signed them.
    """
    return scorecards([employee], cycle, on, instead={employee.pk: instead} if instead else None)[employee.pk]


def scorecards(
    employees: Sequence[Employee], cycle: Cycle, on: date, *, instead: Mapping[int, AgreementTerms] | None = None
) -> dict[int, Scorecard]:
    """The scorecards of some people by their keys, in a constant number of statements."""
    cards = cards_of(employees, cycle, on, is_final=on > cycle.ends_on, instead=instead)
    metrics = _metrics(cards.values())
    return {employee.pk: shown(employee, cycle, score_card(cards[employee.pk]), metrics) for employee in employees}


def shown(employee: Employee, cycle: Cycle, scored: ScoredCard, metrics: Mapping[int, Metric]) -> Scorecard:
    """A card that was scored, as pages show it."""
    card = scored.card
    phases = [
        ScorecardPhase(
            phase,
            [ScorecardLine(line, metrics[line.line.metric], card.on, card.is_final) for line in phase.lines],
        )
        for phase in scored.phases
    ]
    return Scorecard(employee, cycle, card.on, scored, phases)


def needed(of: Scorecard, goal: Decimal = HUNDRED) -> list[LineNeed]:
    """What it would take: for each line of the terms that hold, the value in each period left to reach its target, and
    to bring the total of the cycle to `goal` by itself.
    """
    metrics = {line.metric.pk: line.metric for phase in of.phases for line in phase.lines}
    return [LineNeed(need, metrics[need.line.metric]) for need in needs(of.scored, goal)]


def _metrics(cards: Iterable[Card]) -> dict[int, Metric]:
    keys = {line.metric for card in cards for phase in card.phases for line in phase.lines}
    return Metric.objects.in_bulk(list(keys))
