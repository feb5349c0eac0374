"""A back-test: what a rule would have raised on a past that is known, for all series of a metric at once.

The rules are those of `domain.alert_rules` and `domain.trend`, worked out here on columns: one row a series, one column
a period, oldest first. The newest `shown` columns are tried; those before them say what was open by then, and what the
noise of a series is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from accord.domain.alert_rules import weeks_between_false_alarms
from accord.domain.periods import Frequency
from accord.domain.trend import DECLINES, NOISES, STEPS_BEFORE, WINDOW, false_alarm_rate

SHOWN = 13
SOON = 2
"""An alert recovered by itself if it was over this many periods later: faster than a talk could have worked."""

NOT_JUDGED, GOOD, MISSED = -1, 0, 1

_DAYS: dict[Frequency, Fraction] = {
    Frequency.DAY: Fraction(1),
    Frequency.WEEK: Fraction(7),
    Frequency.MONTH: Fraction(1461, 48),
    Frequency.QUARTER: Fraction(1461, 16),
}
_MONTH = Fraction(1461, 48)

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Past:
    """What is known: values in whole millionths (NaN is none), judgements, and which were red."""

    values: NDArray[np.float64]
    judged: NDArray[np.int8]
    red: Flags
    lower_is_better: bool
    shown: int = SHOWN


@dataclass(frozen=True)
class Trial:
    """What a rule would have raised in the shown periods.

    `settled` alerts are old enough to know whether they `recovered` soon; `reds` is how many came before or with a red
    light, and `lead` how many periods before it in the middle. `judged` is on how many values the rule had a say, of
    which `missed` their target. `raised` names row and column of each alert.
    """

    counts: Sequence[int]
    settled: int
    recovered: int
    reds: int
    lead: float | None
    judged: int
    missed: int
    raised: Sequence[tuple[int, int]]


def try_two_misses(past: Past) -> Trial:
    """Two misses in a row call for an alert, two good periods end it."""
    calls, ends = _twice(past.judged == MISSED), _twice(past.judged == GOOD)
    shown = past.judged[:, -past.shown :]
    return _try(past, calls, ends, int((shown != NOT_JUDGED).sum()), int((shown == MISSED).sum()))


def try_falling(past: Past) -> Trial:
    """Three declines in a row beyond the noise call for an alert, two periods without a decline end it."""
    steps: NDArray[np.float64] = np.full(past.values.shape, np.nan)
    periods = past.values.shape[1]
    steps[:, 1:] = np.diff(past.values, axis=1) * (1 if past.lower_is_better else -1)
    calls = np.zeros(steps.shape, dtype=bool)
    run, may_judge = np.zeros(len(steps), dtype=int), 0
    for column in range(periods):
        run = np.where(steps[:, column] > 0, run + 1, 0)
        window = steps[:, max(0, column - WINDOW + 2) : column + 1]
        if column >= periods - past.shown:
            may_judge += _may_judge(window)
        rows = np.flatnonzero((run >= DECLINES) & (run <= window.shape[1] - STEPS_BEFORE))
        calls[rows, column] = _beyond_noise(window[rows], run[rows])
    return _try(past, calls, _twice(steps <= 0), may_judge, 0)


def by_chance(judged: int, missed: int) -> float:
    """How many alerts two misses in a row would raise if every period missed by chance alone, as often as observed."""
    return float(judged / weeks_between_false_alarms(Fraction(missed, judged))) if missed else 0.0


def falls_by_chance(judged: int) -> float:
    """How many falls there would be at most if the values were chance in any order."""
    return float(judged * false_alarm_rate(DECLINES))


def per_month(alerts: float, managers: int, periods: int, frequency: Frequency) -> float:
    """Alerts over some periods as alerts a month and manager; 0 where nobody manages anybody."""
    months = _DAYS[frequency] * periods / _MONTH
    return alerts / managers / float(months) if managers and periods else 0.0


def _twice(flags: Flags) -> Flags:
    """Where a flag holds as it did the period before."""
    found = np.zeros(flags.shape, dtype=bool)
    found[:, 1:] = flags[:, 1:] & flags[:, :-1]
    return found


def _may_judge(window: NDArray[np.float64]) -> int:
    """How many series have what a fall rests on: declines or not, and enough steps before them."""
    known = np.isfinite(window)
    return int((known[:, -DECLINES:].all(axis=1) & (known.sum(axis=1) >= DECLINES + STEPS_BEFORE)).sum())


def _beyond_noise(window: NDArray[np.float64], run: NDArray[np.int_]) -> Flags:
    if not len(window):
        return np.zeros(0, dtype=bool)
    in_run = np.arange(window.shape[1]) >= window.shape[1] - run[:, None]
    before = np.where(in_run, np.nan, np.abs(window))
    enough = np.isfinite(before).sum(axis=1) >= STEPS_BEFORE
    before[~enough] = 0
    fall = np.where(in_run, window, 0).sum(axis=1)
    return np.asarray(enough & (fall > NOISES * np.nanmedian(before, axis=1)))


def _try(past: Past, calls: Flags, ends: Flags, judged: int, missed: int) -> Trial:
    raised, cleared = np.zeros(calls.shape, dtype=bool), np.zeros(calls.shape, dtype=bool)
    is_open = np.zeros(len(calls), dtype=bool)
    for column in range(calls.shape[1]):
        raised[:, column] = calls[:, column] & ~is_open
        cleared[:, column] = ends[:, column] & is_open
        is_open = (is_open | calls[:, column]) & ~ends[:, column]
    raised[:, : -past.shown] = False
    known, soon = raised[:, :-SOON], cleared[:, SOON:]
    rows, columns = np.nonzero(raised)
    leads = _leads(past.red, rows, columns)
    return Trial(
        counts=[int(count) for count in raised[:, -past.shown :].sum(axis=0)],
        settled=int(known.sum()),
        recovered=int((known & soon).sum()),
        reds=len(leads),
        lead=float(np.median(leads)) if len(leads) else None,
        judged=judged,
        missed=missed,
        raised=[(int(row), int(column)) for row, column in zip(rows, columns, strict=True)],
    )


def _leads(red: Flags, rows: NDArray[np.int_], columns: NDArray[np.int_]) -> NDArray[np.int_]:
    """Periods from each alert to the next red light, where one came."""
    ahead = red[rows] & (np.arange(red.shape[1]) >= columns[:, None])
    return np.asarray(ahead.argmax(axis=1) - columns)[ahead.any(axis=1)]
