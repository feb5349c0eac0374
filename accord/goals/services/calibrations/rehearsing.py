"""What proposals would make of scores: written, read and taken back within one transaction, so that nothing stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from accord.domain.amendments import line_points
from accord.foundation.errors import BusinessError
from accord.goals.models import Agreement, AgreementTerms, Cycle
from accord.goals.queries.calibrations.history import Difference, differences
from accord.goals.queries.calibrations.lines import wordings_of
from accord.goals.queries.scorecards import Scorecard, scorecards
from accord.goals.services.calibrations.proposals import Proposal
from accord.goals.services.calibrations.proposing import draft
from accord.metrics.models import Metric
from accord.people.models import Employee


@dataclass(frozen=True)
class Effect:
    """A score so far as it stands, with the change, and had the change held from the first day on."""

    before: Decimal | None
    after: Decimal | None
    from_start: Decimal | None

    @property
    def moves(self) -> bool:
        """Whether what has been scored so far becomes something else."""
        return self.before != self.after


@dataclass(frozen=True)
class LineEffect:
    """The effect on the score of one line."""

    metric: Metric
    effect: Effect


@dataclass(frozen=True)
class AgreementEffect:
    """What a proposal would make of one agreement."""

    agreement: Agreement
    total: Effect
    lines: Sequence[LineEffect]
    differences: Sequence[Difference]


@dataclass
class Rehearsal:
    """The effects by agreement, and why nothing can be drafted for the others."""

    effects: list[AgreementEffect] = field(default_factory=list)
    refused: list[tuple[Agreement, BusinessError]] = field(default_factory=list)


def rehearse(cycle: Cycle, proposals: Sequence[tuple[Agreement, Proposal]], actor: Employee, today: date) -> Rehearsal:
    """What the scores of these people would be, so far, had both sides signed what is proposed. Nothing is kept."""
    told = Rehearsal()
    drafts: list[tuple[Agreement, AgreementTerms]] = []
    with transaction.atomic():
        for agreement, proposal in proposals:
            try:
                with transaction.atomic():
                    drafts.append((agreement, draft(agreement, proposal, actor)))
            except BusinessError as error:
                told.refused.append((agreement, error))
        told.effects = _effects(cycle, drafts, today)
        transaction.set_rollback(True)
    return told


def _effects(cycle: Cycle, drafts: Sequence[tuple[Agreement, AgreementTerms]], today: date) -> list[AgreementEffect]:
    people = [agreement.employee for agreement, _terms in drafts]
    proposed = {agreement.employee_id: terms for agreement, terms in drafts}
    held = wordings_of([agreement for agreement, _terms in drafts], today)
    before, after = scorecards(people, cycle, today), scorecards(people, cycle, today, instead=proposed)
    for agreement, terms in drafts:
        # As if it had always held; the row itself is taken back with everything else.
        terms.effective_on = agreement.starts_on
    from_start = scorecards(people, cycle, today, instead=proposed)
    return [
        _effect(agreement, terms, differences(held[agreement.pk].lines, list(terms.lines.all())), cards)
        for agreement, terms in drafts
        for cards in [[each[agreement.employee_id] for each in (before, after, from_start)]]
    ]


def _effect(
    agreement: Agreement, terms: AgreementTerms, changed: Sequence[Difference], cards: Sequence[Scorecard]
) -> AgreementEffect:
    points: list[Mapping[int, Decimal | None]] = [line_points(card.scored) for card in cards]
    return AgreementEffect(
        agreement,
        Effect(*(_total(card) for card in cards)),
        [LineEffect(line.metric, Effect(*(each.get(line.metric_id) for each in points))) for line in terms.lines.all()],
        changed,
    )


def _total(card: Scorecard) -> Decimal | None:
    return card.part if card.total is None else card.total
