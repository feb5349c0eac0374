"""What the pages of scorecards show: a card with the check-ins beside each line, what it would take, and past ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from accord.domain.scorecard import ScoredCard
from accord.goals.models import Cycle
from accord.goals.models import Scorecard as FrozenScorecard
from accord.goals.queries.check_ins import ChainLink, chain
from accord.goals.queries.scorecards import (
    LineNeed,
    Scorecard,
    ScorecardLine,
    ScorecardPhase,
    needed,
    scorecard,
    shown,
)
from accord.metrics.models import Metric
from accord.people.models import Employee


@dataclass(frozen=True)
class CardOf:
    """Whose scorecard it is and of which cycle: what apps above are told that have something to add to it."""

    employee: Employee
    cycle: Cycle


@dataclass(frozen=True)
class Row:
    """A line with what the person wrote about its metric in the days of its phase, newest first."""

    line: ScorecardLine
    links: Sequence[ChainLink]


@dataclass(frozen=True)
class PhaseRows:
    """A phase with its rows. `number` counts from 1; the first one holds by the agreement as first signed."""

    phase: ScorecardPhase
    rows: Sequence[Row]
    number: int


@dataclass(frozen=True)
class ScorecardSheet:
    """One scorecard as a page shows it."""

    card: Scorecard
    phases: Sequence[PhaseRows]
    needs: Sequence[LineNeed] = ()
    goal: Decimal = Decimal(100)
    finals: Sequence[FrozenScorecard] = ()

    @property
    def days_left(self) -> int:
        """The days of the cycle that are still to come, today among them."""
        return max(0, (self.card.cycle.ends_on - self.card.on).days + 1)


def sheet_of(employee: Employee, cycle: Cycle, on: date, goal: Decimal) -> ScorecardSheet:
    """The live sheet of somebody, with all final scorecards they have. A constant number of statements."""
    card = scorecard(employee, cycle, on)
    return ScorecardSheet(card, _phases(card), needed(card, goal), goal, list(finals_of(employee)))


def standing_of(card: Scorecard) -> ScorecardSheet:
    """How somebody stands, without check-ins and without what it would take."""
    return ScorecardSheet(card, [PhaseRows(phase, (), number) for number, phase in enumerate(card.phases, start=1)])


def frozen_sheet(frozen: FrozenScorecard, scored: ScoredCard) -> ScorecardSheet:
    """The sheet of a frozen scorecard, from the card that was worked out again from it."""
    metrics = Metric.objects.in_bulk({line.line.metric for phase in scored.phases for line in phase.lines})
    card = shown(frozen.employee, frozen.cycle, scored, metrics)
    return ScorecardSheet(card, _phases(card))


def finals_of(employee: Employee) -> QuerySet[FrozenScorecard]:
    """The final scorecards of somebody that stand, the latest cycle first."""
    return (
        FrozenScorecard.objects.filter(employee=employee, kind=FrozenScorecard.Kind.FINAL, superseded_by__isnull=True)
        .select_related("cycle")
        .order_by("-cycle__starts_on", "-pk")
    )


def frozen_for(employees: QuerySet[Employee]) -> QuerySet[FrozenScorecard]:
    """The frozen scorecards of some people, with what a page says around them."""
    return FrozenScorecard.objects.filter(employee__in=employees).select_related(
        "cycle", "run", "employee__position", "employee__org_unit", "supersedes", "superseded_by"
    )


def _phases(card: Scorecard) -> list[PhaseRows]:
    if not card.phases:
        return []
    until = min(card.on - timedelta(days=1), card.phases[-1].last)
    links = chain(card.employee, card.phases[0].first, until)
    return [
        PhaseRows(phase, [Row(line, _about(line, phase, links)) for line in phase.lines], number)
        for number, phase in enumerate(card.phases, start=1)
    ]


def _about(line: ScorecardLine, phase: ScorecardPhase, links: Sequence[ChainLink]) -> list[ChainLink]:
    return [
        link
        for link in links
        if link.check_in.metric_id == line.metric.pk and phase.first <= link.check_in.on <= phase.last
    ]


GOALS: tuple[Decimal, ...] = tuple(map(Decimal, (90, 95, 100, 110)))
"""Totals that are offered to aim at."""


def goal_asked(text: str) -> Decimal:
    """The total that somebody asks for, 100 where they ask for none or for one that nobody can mean."""
    try:
        asked = Decimal(text)
    except ArithmeticError:
        return Decimal(100)
    return asked.quantize(Decimal("0.01")) if asked.is_finite() and 0 < asked <= 200 else Decimal(100)
