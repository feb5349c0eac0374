"""The curve of score against actual, as a designer looks at it: where points count, where a limit begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from accord.domain.assessment_model.methods import METHODS, params_of
from accord.domain.assessment_model.model import Item
from accord.domain.scoring import Direction, Rule, Score, ScoringError, read_rule
from accord.domain.scoring.arithmetic import read_number

POINTS = 60
_MARGIN = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Curve:
    """Scores at actuals that rise; None where there is none. `marks` are the actuals at which something turns."""

    points: tuple[tuple[Decimal, Decimal | None], ...]
    marks: tuple[Decimal, ...]


def curve(item: Item, direction: Direction, decimals: int = 2) -> Curve:
    """Score `item` at about 60 actuals around where its score moves. Raises ScoringError where its rule cannot be read.

    The marks themselves are among the points, so that a step stands where it is. Events are counted whole.
    """
    rule = read_rule(item.method, params_of(item, direction))
    marks = tuple(sorted(set(_marks(item, direction))))
    low, high = marks[0], marks[-1]
    margin = max((high - low) * _MARGIN, max(abs(low), abs(high)) * _MARGIN, Decimal(1).scaleb(-decimals) * 5)
    first, last = low - margin, high + margin
    if low >= 0 > first:
        first = Decimal()
    step = Decimal(1) if item.method == "deduction" else Decimal(1).scaleb(-min(decimals + 1, 6))
    spread = {(first + (last - first) * at / (POINTS - 1)).quantize(step) for at in range(POINTS)}
    return Curve(tuple((actual, _scored(rule, actual)) for actual in sorted(spread | set(marks))), marks)


def _scored(rule: Rule[Score], actual: Decimal) -> Decimal | None:
    try:
        return rule.answer(actual).value
    except ScoringError:
        return None


def _marks(item: Item, direction: Direction) -> Iterator[Decimal]:
    """The levels the method uses, and where its limits begin."""
    for name in METHODS[item.method].levels:
        level = getattr(item, name)
        if level is not None:
            yield level
    given = dict(_numbers(item.params))
    way = 1 if direction is Direction.UP else -1
    yield from _TURNS.get(item.method, _no_turns)(item, given, way)


def _numbers(params: Mapping[str, object]) -> Iterator[tuple[str, Decimal]]:
    for name, value in params.items():
        try:
            yield name, read_number(value, name)
        except ScoringError:
            continue


Given = Mapping[str, Decimal]


def _no_turns(_item: Item, _given: Given, _way: int) -> Iterator[Decimal]:
    yield from ()


def _of_ratio(item: Item, given: Given, way: int) -> Iterator[Decimal]:
    cap = given.get("cap", Decimal(120))
    yield item.target * (1 + way * (cap - 100) / 100)
    yield item.target * (1 - way * Decimal("0.4"))


def _of_bands(item: Item, _given: Given, _way: int) -> Iterator[Decimal]:
    yield from (read_number(band["from"], "from") for band in item.params["bands"])


def _of_points(item: Item, given: Given, way: int) -> Iterator[Decimal]:
    for cap, rate, side in (("cap_plus", "plus", way), ("cap_minus", "minus", -way)):
        reach = given[cap] / given[rate] if cap in given and given[rate] else Decimal(10)
        yield item.target + side * reach * given["per"]


def _of_difference(item: Item, given: Given, way: int) -> Iterator[Decimal]:
    rate = given["points_per_unit"]
    for limit in (given.get("cap", Decimal(120)), given.get("floor", Decimal())):
        yield item.target + way * ((limit - 100) * given["unit"] / rate if rate else given["unit"])


def _of_events(_item: Item, given: Given, _way: int) -> Iterator[Decimal]:
    yield Decimal()
    rate = given["per_event"]
    yield Decimal(int((given["full"] - given.get("floor", Decimal())) / rate) + 1 if rate else 10)


_TURNS: Mapping[str, Callable[[Item, Given, int], Iterator[Decimal]]] = {
    "completion_ratio": _of_ratio,
    "step_bands": _of_bands,
    "points": _of_points,
    "baseline_linked_points": _of_points,
    "difference": _of_difference,
    "deduction": _of_events,
}
