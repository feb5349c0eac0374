"""What it would take: the value in each remaining period with which a line, or the whole card, comes to a score.

The answer is searched for with the very rule that will score the line, and checked with it: what cannot be reached is
said to be out of reach. All other lines are taken to stay where they stand, those without a score to reach 100.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal, localcontext

from accord.domain.scorecard.actuals import Actual, actual_of, is_summed, level, quotient
from accord.domain.scorecard.card import Aggregation, Card, Due, Line
from accord.domain.scorecard.lines import rule_of
from accord.domain.scorecard.totals import ScoredCard, ScoredPhase
from accord.domain.scoring import Rule, Score, ScoringError
from accord.domain.scoring.arithmetic import ARITHMETIC, CENT, HUNDRED, ONE, ZERO
from accord.domain.scoring.given import Given
from accord.domain.scoring.methods.deduction import Deduction
from accord.domain.scoring.methods.step_bands import StepBands

_DOUBLINGS = 24
"""How far beyond the largest number at hand a value is looked for: sixteen million times."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The least demanding value that will do: None is out of reach, and `is_certain` that any value will do."""

    value: Decimal | None
    is_certain: bool = False
    is_beyond_best: bool = False
    """Whether it is better than every value that came so far."""


OUT_OF_REACH = Wanted(None)


@dataclass(frozen=True, slots=True)
class Need:
    """What is still to come of one line, and what each of those periods would have to bring.

    `full` makes the line reach 100 points. `goal` makes the whole card reach the total that was asked for, with this
    line at `goal_points`. `best` is the best value so far.
    """

    line: Line
    remaining: tuple[int, ...]
    full: Wanted
    goal: Wanted
    goal_points: Decimal
    best: Decimal | None


def needs(scored: ScoredCard, goal: Decimal = HUNDRED) -> list[Need]:
    """What each line of the phase that runs would take for 100 points, and for `goal` as the total of the cycle.

    Empty once nothing is left to come.
    """
    running = [phase for phase in scored.phases if phase.phase.last >= scored.card.on]
    if scored.card.is_final or not running:
        return []
    phase = running[0]
    wanted = _wanted_of(phase, scored, goal)
    found = (_need(place, phase, scored.card, wanted) for place in range(len(phase.lines)))
    return [need for need in found if need is not None]


def _wanted_of(phase: ScoredPhase, scored: ScoredCard, goal: Decimal) -> Decimal:
    """The total that `phase` must have for the card to have `goal`; later phases are taken to equal it."""
    with localcontext(ARITHMETIC):
        card = scored.card
        if card.okr_share and card.okr_share < ONE:
            objectives = card.okr_share * (HUNDRED if card.objective_score is None else card.objective_score)
            goal = (goal - objectives) / (ONE - card.okr_share)
        before = [each for each in scored.phases if each.phase.last < phase.phase.first]
        days = sum(each.phase.days(card.on, True) for each in before)
        left = sum(each.phase.days(card.on, True) for each in scored.phases) - days
        known = [(each.phase.days(card.on, True), each.points or each.part or HUNDRED) for each in before]
        return (goal * (days + left) - sum((share * points for share, points in known), ZERO)) / left


def _need(place: int, phase: ScoredPhase, card: Card, wanted: Decimal) -> Need | None:
    scored = phase.lines[place]
    line = scored.line
    remaining = _remaining(line, card)
    if not remaining or not line.weight or not _is_monotone(line):
        return None
    others = [each for other, each in enumerate(phase.lines) if other != place]
    with localcontext(ARITHMETIC):
        held = sum((each.line.weight * (HUNDRED if each.points is None else each.points) for each in others), ZERO)
        points = ((wanted - held) / line.weight).quantize(CENT, ROUND_CEILING)
    values = [due.value for due in line.counted(card.on, False) if due.value is not None]
    best = (min(values) if is_falling(line) else max(values)) if values else None
    return Need(
        line,
        tuple(due.period for due in remaining),
        full=_against(value_for(line, card, remaining, HUNDRED), best, line),
        goal=_against(value_for(line, card, remaining, points), best, line),
        goal_points=points,
        best=best,
    )


def _remaining(line: Line, card: Card) -> tuple[Due, ...]:
    """The periods that may still bring something; where only the newest value counts, that is the last one."""
    dues = line.dues[-1:] if line.aggregation is Aggregation.LAST else line.dues
    return tuple(due for due in dues if due.value is None or not due.is_over(card.on))


def _is_monotone(line: Line) -> bool:
    """Whether more, or less, is always worth at least as much; bands with a best middle say nothing about a way."""
    scores = _band_scores(line)
    return scores in (sorted(scores), sorted(scores, reverse=True))


def is_falling(line: Line) -> bool:
    """Whether less is worth more: events that cost points, bands that fall, a metric of which less is better."""
    scores = _band_scores(line)
    if scores:
        return scores[0] > scores[-1]
    return line.method == Deduction.code or line.lower_is_better


def _band_scores(line: Line) -> list[Decimal]:
    if line.method != StepBands.code:
        return []
    try:
        rule = StepBands.read(Given(line.params))
    except ScoringError:
        return []
    return [rule.otherwise, *(band.score for band in rule.bands)]


def _against(wanted: Wanted, best: Decimal | None, line: Line) -> Wanted:
    if wanted.value is None or wanted.is_certain or best is None:
        return wanted
    return replace(wanted, is_beyond_best=wanted.value < best if is_falling(line) else wanted.value > best)


def value_for(line: Line, card: Card, remaining: tuple[Due, ...], points: Decimal) -> Wanted:
    """The least demanding value in each of the `remaining` periods that brings `line` to `points`."""
    try:
        rule = rule_of(line, _levels_in_the_end(line, card, remaining))
    except ScoringError:
        return OUT_OF_REACH

    def suffices(value: Decimal) -> bool:
        return _points(rule, _actual_in_the_end(line, card, remaining, value)) >= points

    return _easiest(suffices, line)


def _levels_in_the_end(line: Line, card: Card, remaining: tuple[Due, ...]) -> Actual:
    dues = tuple(due for due in line.dues if due in remaining or due.value is not None)
    return Actual(
        None,
        level(line, dues, lambda due: due.target),
        level(line, dues, lambda due: due.threshold),
        level(line, dues, lambda due: due.stretch),
        len(dues),
        len(dues),
    )


def _actual_in_the_end(line: Line, card: Card, remaining: tuple[Due, ...], value: Decimal) -> Decimal:
    """What the line would come to with `value` in every remaining period.

    The denominators of a ratio to come are taken to be as those so far: then its periods weigh the same.
    """
    if line.aggregation is Aggregation.LAST:
        return value
    counted = line.counted(card.on, False)
    left = Decimal(len(remaining))
    if line.aggregation is Aggregation.RATIO and counted:
        so_far = actual_of(line, card.on, False).actual or ZERO
        total = so_far * len(counted) + value * left
    else:
        total = sum((due.value for due in counted if due.value is not None), ZERO) + value * left
    return total if is_summed(line) else quotient(total, len(counted) + left, line.decimals)


def _points(rule: Rule[Score], actual: Decimal) -> Decimal:
    try:
        return rule.answer(actual).value
    except ScoringError:
        # A count below zero: nobody can have that.
        return Decimal("-Infinity")


def _easiest(suffices: Callable[[Decimal], bool], line: Line) -> Wanted:
    """Search between the worst and the best value imaginable, in steps of the metric's decimals."""
    step = ONE.scaleb(-line.decimals)
    numbers = [number for due in line.dues for number in (due.target, due.value) if number is not None]
    reach = int(max(ONE, *map(abs, numbers)) / step) * 2**_DOUBLINGS
    least = -reach if min(numbers) < 0 else 0
    good, bad = (least, reach) if is_falling(line) else (reach, least)
    if suffices(bad * step):
        return Wanted(bad * step, is_certain=True)
    if not suffices(good * step):
        return OUT_OF_REACH
    while abs(good - bad) > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if suffices(middle * step) else (good, middle)
    return Wanted(good * step)
