"""Working a frozen scorecard out again from its own inputs, with the rules and without any other table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _

from accord.domain.scorecard import ScoredCard, score_card
from accord.domain.scorecard.freezing import NotReadableError, digest_of, thaw, thaw_results
from accord.foundation.errors import Text
from accord.goals.models import Scorecard


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


def rebuild(card: Scorecard) -> Rebuilt:
    """Work `card` out again from what was frozen with it, and say where it differs."""
    try:
        scored = score_card(thaw(card.inputs))
        results = thaw_results(card.results)
    except NotReadableError:
        return Rebuilt(None, [Mismatch(None, _("The inputs of this scorecard cannot be read."))])
    return Rebuilt(scored, [*_of_card(card, scored), *_of_lines(results, scored)])


def _of_card(card: Scorecard, scored: ScoredCard) -> Iterator[Mismatch]:
    if digest_of(card.inputs) != card.digest:
        yield Mismatch(None, _("The inputs are not those that were frozen: their digest differs."))
    if scored.total != card.total:
        yield Mismatch(None, _("The total is not what the inputs come to."))


def _of_lines(results: Sequence[tuple[Decimal | None, ...]], scored: ScoredCard) -> Iterator[Mismatch]:
    own = [line.results for phase in scored.phases for line in phase.lines]
    for place, (stored, numbers) in enumerate(zip_longest(results, own)):
        if stored != numbers:
            yield Mismatch(place, _("The numbers of a line are not what its inputs come to."))
