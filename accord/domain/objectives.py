"""Objectives and key results: how far they came, and how that stands against the time that has gone.

Progress is a share from 0 to 1. It is neither the weight (how much a key result counts) nor the score (what the owner
says at close-out).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accord.domain.distribution import distribute, whole_numbers
from accord.domain.scoring.methods.okr import KeyResult, Objective
from accord.domain.status import Light, light_of

ZERO, ONE = Decimal(0), Decimal(1)
STEPS = 1000
"""Weights are evened out to a thousandth: 0.1 %."""


class Kind(StrEnum):
    """How a key result is read; the values are those that are stored."""

    INCREASE = "increase"
    DECREASE = "decrease"
    KEEP_ABOVE = "keep_above"
    KEEP_BELOW = "keep_below"
    MILESTONE = "milestone"

    @property
    def is_kept(self) -> bool:
        """Whether it is a level to hold, met or not met, and not a way to go."""
        return self in (Kind.KEEP_ABOVE, Kind.KEEP_BELOW)

    def leads(self, start: Decimal, target: Decimal) -> bool:
        """Whether there is a way from `start` to `target` in the direction that the kind says."""
        if self is Kind.INCREASE:
            return target > start
        if self is Kind.DECREASE:
            return target < start
        return True


def progress(kind: Kind, start: Decimal, target: Decimal, current: Decimal | None) -> Decimal | None:
    """How far a key result came, from 0 to 1 to the hundredth; None while there is no value yet."""
    if current is None:
        return None
    if kind is Kind.KEEP_ABOVE:
        return ONE if current >= target else ZERO
    if kind is Kind.KEEP_BELOW:
        return ONE if current <= target else ZERO
    if kind is Kind.MILESTONE:
        start, target = ZERO, ONE
    return KeyResult(start=start, target=target).judge(current).value


def elapsed(starts_on: date, ends_on: date, today: date) -> Decimal:
    """The share of the days from `starts_on` to `ends_on`, both inclusive, that is over; the day that runs is not."""
    days, gone = (ends_on - starts_on).days + 1, (today - starts_on).days
    return Decimal(min(max(gone, 0), days)) / days


def due(kind: Kind, gone: Decimal) -> Decimal:
    """The progress to be expected when the share `gone` of the time is over: a level is held from the first day on."""
    return ONE if kind.is_kept else gone


@dataclass(frozen=True)
class Part:
    """One key result of an objective: what it counts, how far it came, how far it should be by now."""

    weight: Decimal
    progress: Decimal | None
    due: Decimal

    @property
    def light(self) -> Light | None:
        """Green from 95 % of what is due, yellow from 75 %, else red; none without a value."""
        return None if self.progress is None else light_of(self.progress, self.due, lower_is_better=False)


def summed(parts: Sequence[Part]) -> Part:
    """An objective: Σ weight × progress and Σ weight × due. A key result without a value has not moved yet; where none
    has one, neither has the objective.
    """
    if not parts or all(part.progress is None for part in parts):
        return Part(ONE, None, ONE)
    rule = Objective(weights=tuple(part.weight for part in parts))
    return Part(
        weight=ONE,
        progress=rule.judge([part.progress or ZERO for part in parts]).value,
        due=sum((part.weight * part.due for part in parts), ZERO),
    )


def evened(weights: Sequence[Decimal | None]) -> list[Decimal]:
    """Weights that keep their proportions and sum to exactly 1, to the thousandth, by largest remainder.

    Those left open share evenly what the others leave of 1, or count as the mean of the others where nothing is left.
    Without any weight above 0, all count the same.
    """
    wanted = _filled([weight if weight is None or weight > 0 else ZERO for weight in weights])
    if not any(wanted):
        wanted = [ONE] * len(weights)
    return [Decimal(steps) / STEPS for steps in distribute(STEPS, whole_numbers(wanted))]


def _filled(weights: Sequence[Decimal | None]) -> list[Decimal]:
    given = [weight for weight in weights if weight is not None]
    left = ONE - sum(given, ZERO)
    gaps = len(weights) - len(given)
    mean = sum(given, ZERO) / len(given) if given else ZERO
    share = (left / gaps if left > 0 else mean) if gaps else ZERO
    return [share if weight is None else weight for weight in weights]


@dataclass(frozen=True)
class Said:
    """What one check-in says: its place in time, the one it corrects, the value (None for a metric's own) and how sure
    its author is.
    """

    pk: int
    corrects: int | None
    value: Decimal | None
    confidence: int


def newest(check_ins: Iterable[Said]) -> Said | None:
    """The check-in that holds: the newest, as it was last corrected. A late correction of an earlier one changes what
    was then, not what is now.
    """
    standing: dict[int, Said] = {}
    place: dict[int, int] = {}
    for said in sorted(check_ins, key=lambda each: each.pk):
        place[said.pk] = place[said.corrects] if said.corrects is not None else said.pk
        standing[place[said.pk]] = said
    return standing[max(standing)] if standing else None
