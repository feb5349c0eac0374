"""Working a frozen scorecard out again from its own inputs, with the rules and without any other table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accord.domain.scorecard import ScoredCard, score_card
from accord.domain.scorecard.freezing import NotReadableError, digest_of, thaw_card, thaw_line
from accord.foundation.errors import Text
from accord.goals.models import Scorecard, ScorecardLine


@dataclass(frozen=True)
class Mismatch:
    """One thing that is not what its inputs make of it. `place` is the line, None for the whole card."""

    place: int | None
    sentence: Text


@dataclass(frozen=True)
class Rebuilt:
    """A frozen scorecard worked out again. `scored` is None where its inputs cannot even be read."""

    scored: ScoredCard | None
    mismatches: Sequence[Mismatch]

    @property
    def holds(self) -> bool:
        """Whether every number is what the inputs make of it, and the inputs are those that were frozen."""
        return not self.mismatches


def rebuild(card: Scorecard, lines: Sequence[ScorecardLine] | None = None) -> Rebuilt:
    """Work `card` out again from what was frozen with it, and say where it differs."""
    lines = list(card.lines.order_by("place")) if lines is None else lines
    try:
        scored = score_card(thaw_card(card.inputs, [thaw_line(line.inputs) for line in lines]))
    except NotReadableError:
        return Rebuilt(None, [Mismatch(None, _("The inputs of this scorecard cannot be read."))])
    return Rebuilt(scored, [*_of_card(card, lines, scored), *_of_lines(lines, scored)])


def _of_card(card: Scorecard, lines: Sequence[ScorecardLine], scored: ScoredCard) -> Iterator[Mismatch]:
    if digest_of(card.inputs, [line.inputs for line in lines]) != card.digest:
        yield Mismatch(None, _("The inputs are not those that were frozen: their digest differs."))
    if scored.total != card.total:
        yield Mismatch(None, _("The total is not what the inputs come to."))


def _of_lines(lines: Sequence[ScorecardLine], scored: ScoredCard) -> Iterator[Mismatch]:
    own = [line for phase in scored.phases for line in phase.lines]
    for stored, line in zip(lines, own, strict=False):
        numbers = (line.line.weight, line.actual.actual, line.actual.target, line.points)
        if (stored.weight, stored.actual, stored.target, stored.score) != numbers:
            yield Mismatch(stored.place, _("The numbers of a line are not what its inputs come to."))
