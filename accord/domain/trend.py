"""A falling trend: three or more declines in a row, together beyond the noise of the series.

Declines alone prove little: of values that only scatter, every twenty-fourth is the last of three declines, because
each of the 4! orders of four exchangeable values is as likely as the other: k declines come with the chance 1/(k+1)!.
So the whole fall, from the peak before the first decline, must also exceed a multiple of the noise: the standard
deviation of a single value, estimated from the median step of the history before the fall, which neither one outlier
nor a slow drift spoils. Nothing after the period that is judged is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from math import comb, erf, exp, factorial, pi, sqrt
from statistics import median

LEAST_DECLINES = 3
BEYOND = 3.0
"""How many standard deviations of a single value the whole fall must reach."""
LEAST_HISTORY = 8
"""How many steps before the fall are needed to know the noise."""

# The median of |d| is 0.6745 of the deviation of a step d, which is √2 times that of a value.
_STEP_TO_VALUE = 1 / (sqrt(2) * 0.6744897501960817)
_LONGEST_RUN = 14
_Chance = Callable[[float, float], float]


@dataclass(frozen=True)
class Trend:
    """A fall up to the judged period.

    `since` is the first period that was worse than the one before, `peak` the value of that one, `fall` how much worse
    the last value is than it (positive), `noise` the standard deviation of a single value, and `chance` how often a
    period of mere noise would be reported.
    """

    since: int
    until: int
    declines: int
    peak: Decimal
    fall: Decimal
    noise: float
    chance: float


def falling(
    values: Iterable[tuple[int, Decimal]],
    at: int | None = None,
    *,
    lower_is_better: bool = False,
    least: int = LEAST_DECLINES,
    beyond: float = BEYOND,
) -> Trend | None:
    """The fall that ends in the period `at` (the newest), or None.

    `values` are period keys with values in any order, each period once. A period without a value ends a run. None also
    where fewer than LEAST_HISTORY steps came before the fall: without a history nobody knows what noise is.
    """
    known = sorted((period, value) for period, value in values if at is None or period <= at)
    if not known or (at is not None and known[-1][0] != at):
        return None
    first = _first_of_run(known, lower_is_better)
    declines = len(known) - 1 - first
    if declines < least:
        return None
    noise = _noise(known[: first + 1])
    peak, last = known[first][1], known[-1][1]
    fall = abs(last - peak)
    if noise is None or float(fall) < beyond * noise:
        return None
    chance = false_alarm_rate(least, beyond)
    return Trend(known[first + 1][0], known[-1][0], declines, peak, fall, noise, chance)


def _first_of_run(known: list[tuple[int, Decimal]], lower_is_better: bool) -> int:
    """The place of the peak from which the values get worse and worse up to the last one."""
    place = len(known) - 1
    while place:
        (before, old), (period, new) = known[place - 1], known[place]
        is_worse = new > old if lower_is_better else new < old
        if before != period - 1 or not is_worse:
            break
        place -= 1
    return place


def _noise(history: list[tuple[int, Decimal]]) -> float | None:
    """The standard deviation of a single value, from the median step between consecutive periods."""
    steps = [abs(new - old) for (before, old), (period, new) in pairwise(history) if before == period - 1]
    return float(median(steps)) * _STEP_TO_VALUE if len(steps) >= LEAST_HISTORY else None


@lru_cache(maxsize=64)
def false_alarm_rate(least: int = LEAST_DECLINES, beyond: float = BEYOND) -> float:
    """How often a period of independent normal values of known deviation is reported: 0.01 is once in 100 periods.

    Exactly k declines end in a period with a fall of c deviations: k + 1 values stand in one of their (k+1)! orders and
    span c, less the cases in which a further value before them was higher still.
    """
    runs = range(least, max(least, _LONGEST_RUN) + 1)
    return sum(
        _span_chance(k + 1, beyond) / factorial(k + 1) - _lower_span_chance(k + 2, beyond) / factorial(k + 2)
        for k in runs
    )


def _span_chance(count: int, span: float) -> float:
    """The chance that `count` normal values lie at least `span` apart, the highest from the lowest."""
    return _integral(lambda above, within: above ** (count - 1) - within ** (count - 1), count, span)


def _lower_span_chance(count: int, span: float) -> float:
    """The chance that the second highest of `count` normal values lies at least `span` above the lowest."""

    def two_beyond(above: float, within: float) -> float:
        others = count - 1
        return above**others - within**others - comb(others, 1) * (above - within) * within ** (others - 1)

    return _integral(two_beyond, count, span)


def _integral(chance: _Chance, count: int, span: float) -> float:
    """∫ count · φ(x) · chance(P(X > x), P(x < X < x + span)) dx over the lowest value x, by Simpson's rule."""
    half, intervals = 8.0, 800
    step = 2 * half / intervals
    total = 0.0
    for place in range(intervals + 1):
        x = place * step - half
        weight = 1 if place in (0, intervals) else 4 if place % 2 else 2
        total += weight * _density(x) * chance(1 - _below(x), _below(x + span) - _below(x))
    return count * total * step / 3


def _density(x: float) -> float:
    return exp(-x * x / 2) / sqrt(2 * pi)


def _below(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2
