"""Which rule watches which metric, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accord.alerts.models import AlertBudget, AlertSwitch, Rule
from accord.domain.periods import Frequency, Period

ON_BY_DEFAULT = frozenset({Rule.TWO_MISSES})

TEAM = 8
"""The people of a manager for whom the budget is meant as it stands; with more people it grows in proportion."""


@dataclass(frozen=True)
class Reach:
    """The metrics about which somebody decided for one rule: those it is off for, and the first period of the others.

    Whatever is not named is as by default.
    """

    off: frozenset[int]
    first: Mapping[int, int]

    def left_out(self, period: int) -> list[int]:
        """The metrics that a rule which is on by default does not watch in `period`."""
        return sorted(self.off | {metric for metric, first in self.first.items() if first > period})

    def watched(self, period: int) -> list[int]:
        """The metrics of this frequency that a rule which is off by default watches in `period`."""
        frequency = Period(period).frequency
        return sorted(
            metric for metric, first in self.first.items() if first <= period and Period(first).frequency == frequency
        )


def reach_of(rule: Rule) -> Reach:
    """What people decided about `rule`, in one statement."""
    rows = AlertSwitch.objects.filter(rule=rule).values_list("metric_id", "is_on", "since", "metric__frequency")
    off, first = set(), {}
    for metric, is_on, since, frequency in rows:
        if is_on:
            first[metric] = Period.of(since, Frequency(frequency)).key
        else:
            off.add(metric)
    return Reach(frozenset(off), first)


def is_on(rule: Rule, metric_id: int) -> bool:
    """Whether a rule watches a metric."""
    row = AlertSwitch.objects.filter(rule=rule, metric=metric_id).first()
    return rule in ON_BY_DEFAULT if row is None else row.is_on


def budget() -> AlertBudget:
    """How many alerts a manager gets in a month; the default where nobody decided."""
    return AlertBudget.objects.filter(pk=AlertBudget.ONLY).first() or AlertBudget(pk=AlertBudget.ONLY)


def limit(per_month: int, people: int) -> int:
    """How many alerts a month a manager of so many people is told of."""
    return max(per_month, -(-per_month * people // TEAM))
