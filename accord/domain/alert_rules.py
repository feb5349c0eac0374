"""Two misses in a row: when an alert is raised and when it clears.

A history is the judged periods of one series, each missed or good. A period that is not in it breaks every chain:
missing is not bad, and not good either.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

History = Iterable[tuple[int, bool]]
"""Period keys with whether the period was missed; any order, each period once."""


@dataclass(frozen=True)
class Episode:
    """From the second of two consecutive misses to the second of the next two consecutive good periods, if any."""

    raised: int
    cleared: int | None = None

    def covers(self, period: int) -> bool:
        """Whether the episode was open after `period` had been judged."""
        return self.raised <= period and (self.cleared is None or period < self.cleared)


def episodes(history: History) -> list[Episode]:
    """The episodes of a history, oldest first; only the last one may be open."""
    found: list[Episode] = []
    is_open = False
    for period, missed in turning_points(history):
        if missed and not is_open:
            found.append(Episode(period))
        elif is_open and not missed:
            found[-1] = Episode(found[-1].raised, period)
        is_open = missed
    return found


def turning_points(history: History) -> list[tuple[int, bool]]:
    """The periods that were judged the same as the period just before them, with that judgement."""
    judged = sorted(history)
    return [
        (period, missed)
        for (before, missed_before), (period, missed) in itertools.pairwise(judged)
        if before == period - 1 and missed_before == missed
    ]


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


def reconcile(history: Sequence[tuple[int, bool]], standing: Sequence[Standing]) -> list[Standing]:
    """What the alerts of one series should be, given what stands. Only alerts that change or are new are returned.

    An alert whose own two periods are no longer both missed is withdrawn. One that lies in an episode is kept, even if
    a late value lets the episode begin earlier; an episode without one gets an alert at its first period, by which a
    withdrawn alert of that period comes back. Of several alerts in one episode the newest tells how it goes on.
    """
    misses = {period for period, missed in history if missed}
    true = [alert for alert in standing if {alert.period, alert.period - 1} <= misses]
    wanted = {alert.period: Standing(alert.period, State.WITHDRAWN) for alert in standing if alert not in true}
    valid = sorted(alert.period for alert in true if alert.state is not State.WITHDRAWN)
    for episode in episodes(history):
        inside = [period for period in valid if episode.covers(period)]
        state = State.OPEN if episode.cleared is None else State.CLEARED
        carrier = inside[-1] if inside else episode.raised
        wanted[carrier] = Standing(carrier, state, episode.cleared)
    before = {alert.period: alert for alert in standing}
    return [alert for period, alert in sorted(wanted.items()) if before.get(period) != alert]
