"""When an alert is raised and when it clears: two misses in a row, and a falling trend.

A rule marks some periods of a series: those at which it calls for an alert, and those at which it says that what called
for one is over. Everything else is the same for every rule. Two misses in a row are marked from a history of periods
judged missed or good, a falling trend from values. A period that is not there breaks every chain: missing is not bad,
and not good either.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from accord.domain.trend import WINDOW, Fall, falling, turned

History = Iterable[tuple[int, bool]]
"""Period keys with whether the period was missed; any order, each period once."""

Marks = Sequence[tuple[int, bool]]
"""Period keys, oldest first: true where the rule calls for an alert, false where what called for one is over."""


@dataclass(frozen=True)
class Episode:
    """From the first mark that calls for an alert to the next that says it is over, if any."""

    raised: int
    cleared: int | None = None

    def covers(self, period: int) -> bool:
        """Whether the episode was open after `period` had been judged."""
        return self.raised <= period and (self.cleared is None or period < self.cleared)


def episodes(marks: Marks) -> list[Episode]:
    """The episodes of some marks, oldest first; only the last one may be open."""
    found: list[Episode] = []
    is_open = False
    for period, calls in marks:
        if calls and not is_open:
            found.append(Episode(period))
        elif is_open and not calls:
            found[-1] = Episode(found[-1].raised, period)
        is_open = calls
    return found


def turning_points(history: History) -> list[tuple[int, bool]]:
    """The marks of two misses in a row: each second miss calls for an alert, each second good period ends it."""
    judged = sorted(history)
    return [
        (period, missed)
        for (before, missed_before), (period, missed) in itertools.pairwise(judged)
        if before == period - 1 and missed_before == missed
    ]


def falls(values: Mapping[int, Decimal], lower_is_better: bool) -> list[tuple[int, bool]]:
    """The marks of a falling trend: a fall that holds calls for an alert, two periods without a decline end it."""
    marks = []
    for period in sorted(values):
        if turned(values, period, lower_is_better):
            marks.append((period, False))
        elif fall_at(values, period, lower_is_better):
            marks.append((period, True))
    return marks


def fall_at(values: Mapping[int, Decimal], period: int, lower_is_better: bool) -> Fall | None:
    """The falling trend that held at `period`, from what was known then."""
    window = range(period - WINDOW + 1, period + 1)
    return falling([(key, values[key]) for key in window if key in values], lower_is_better)


def weeks_between_false_alarms(chance: Fraction) -> Fraction:
    """How many periods lie between two alerts on average when each period misses by `chance` alone (0 < chance ≤ 1).

    It is the mean waiting time for two misses in a row. Raises ValueError for any other chance.
    """
    if not 0 < chance <= 1:
        raise ValueError(f"not a chance above 0 and up to 1: {chance}")
    return (1 + chance) / chance**2


class State(StrEnum):
    """What an alert is: still open, over because two good periods followed, or taken back because it was not true."""

    OPEN = "open"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Standing:
    """An alert as it stands: raised at `period`, and if it is cleared, by which period."""

    period: int
    state: State = State.OPEN
    cleared: int | None = None


def reconcile(marks: Marks, standing: Collection[Standing]) -> list[Standing]:
    """What the alerts of one series should be, given what stands. Only alerts that change or are new are returned.

    An alert at whose period nothing calls for one any more is withdrawn. One that lies in an episode is kept, even if a
    late value lets the episode begin earlier; an episode without one gets an alert at its first period, by which a
    withdrawn alert of that period comes back. Of several alerts in one episode the newest tells how it goes on.
    """
    called = {period for period, calls in marks if calls}
    true = [alert for alert in standing if alert.period in called]
    wanted = {alert.period: Standing(alert.period, State.WITHDRAWN) for alert in standing if alert not in true}
    valid = sorted(alert.period for alert in true if alert.state is not State.WITHDRAWN)
    for episode in episodes(marks):
        inside = [period for period in valid if episode.covers(period)]
        state = State.OPEN if episode.cleared is None else State.CLEARED
        carrier = inside[-1] if inside else episode.raised
        wanted[carrier] = Standing(carrier, state, episode.cleared)
    before = {alert.period: alert for alert in standing}
    return [alert for period, alert in sorted(wanted.items()) if before.get(period) != alert]
