"""Which three things to learn from: fit to the level, language, and what those before made of it, smoothed.

A resource that two people liked is not better than one that sixty liked nearly as much. Each rate is drawn towards
that of the whole library by as much as `PRIOR_WEIGHT` people would weigh (the mean of a beta distribution), so that the
new start in the middle, neither first for luck nor last for being new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

PRIOR_WEIGHT = 8
USUAL_FINISHED, USUAL_HELPED = 0.5, 0.6
ENOUGH = 5
"""As many have to have answered before their number is said to anybody."""

Reach = Literal["next", "goal", "any", "near", "far"]
_FIT: dict[Reach, float] = {"next": 1.0, "goal": 0.9, "any": 0.85, "near": 0.6, "far": 0.25}
_OTHER_LANGUAGE = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """How a resource fared: how many began and finished it, and how many of those who answered it helped.

    `helped` counts a half for “a little”.
    """

    opened: int = 0
    finished: int = 0
    answered: int = 0
    helped: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resource as it is compared; `languages` is empty where it does not matter."""

    key: int
    level: int | None
    minutes: int
    languages: frozenset[str]
    kind: str
    seen: Seen = Seen()


@dataclass(frozen=True, slots=True)
class Wish:
    """Where somebody stands, where they should be, and what they read; `now` is None where nobody has said."""

    now: int | None
    goal: int | None
    language: str = ""

    @property
    def gap(self) -> int:
        """By how many levels they stand below where they should be."""
        return max(0, self.goal - self.now) if self.now and self.goal else 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A resource that was chosen, and how well it fits."""

    key: int
    score: float
    reach: Reach


def usual(seen: Iterable[Seen]) -> tuple[float, float]:
    """The rates of finishing and of helping over a whole library, themselves drawn to the usual ones."""
    rows = list(seen)
    finished = smoothed(sum(row.finished for row in rows), sum(row.opened for row in rows), USUAL_FINISHED)
    helped = smoothed(sum(row.helped for row in rows), sum(row.answered for row in rows), USUAL_HELPED)
    return finished, helped


def smoothed(hits: float, tries: int, prior: float) -> float:
    """A rate from few tries, drawn towards `prior`."""
    return (hits + PRIOR_WEIGHT * prior) / (tries + PRIOR_WEIGHT)


def quality(seen: Seen, rates: tuple[float, float]) -> float:
    """Between 0 and 1: that it is finished counts for three tenths, that it helped for seven."""
    finished, helped = rates
    return 0.3 * smoothed(seen.finished, seen.opened, finished) + 0.7 * smoothed(seen.helped, seen.answered, helped)


def reach_of(level: int | None, wish: Wish) -> Reach:
    """How the level of a resource lies to where somebody stands and should be."""
    if level is None:
        return "any"
    if wish.now is not None and wish.goal is not None and wish.now < wish.goal:
        if level == wish.now + 1:
            return "next"
        return "goal" if wish.now < level <= wish.goal else _distance(level, wish.now + 1)
    aim = wish.goal if wish.goal is not None else wish.now
    if aim is None:
        return "near" if level > 2 else "next"
    return "next" if level == aim else _distance(level, aim)


def _distance(level: int, aim: int) -> Reach:
    return "near" if abs(level - aim) == 1 else "far"


def best(
    candidates: Sequence[Candidate],
    wish: Wish,
    known: Collection[int] = (),
    most: int = 3,
    rates: tuple[float, float] | None = None,
) -> list[Choice]:
    """The best `most` that are not `known`, best first; of two alike the shorter, then the older.

    The second and third are of another kind than those before where one is nearly as good: a guide, a book and a
    course serve more people than three books.
    """
    rates = rates or usual(candidate.seen for candidate in candidates)
    left = sorted(
        ((_score(candidate, wish, rates), candidate) for candidate in candidates if candidate.key not in known),
        key=lambda pair: (-pair[0], pair[1].minutes, pair[1].key),
    )
    chosen: list[Choice] = []
    kinds: set[str] = set()
    while left and len(chosen) < most:
        place = _next_place(left, kinds)
        score, candidate = left.pop(place)
        kinds.add(candidate.kind)
        chosen.append(Choice(candidate.key, score, reach_of(candidate.level, wish)))
    return chosen


def _next_place(left: Sequence[tuple[float, Candidate]], kinds: Collection[str]) -> int:
    """The first of a new kind within a tenth of the best that is left, or that best."""
    bar = left[0][0] * 0.9
    return next((i for i, (score, each) in enumerate(left) if score >= bar and each.kind not in kinds), 0)


def _score(candidate: Candidate, wish: Wish, rates: tuple[float, float]) -> float:
    spoken = not candidate.languages or wish.language in candidate.languages
    fit = _FIT[reach_of(candidate.level, wish)] * (1.0 if spoken else _OTHER_LANGUAGE)
    return round(fit * quality(candidate.seen, rates), 9)
