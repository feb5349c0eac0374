"""Today: what I owe, how I stand, how my people stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from accord.coaching.models import CoachingStep, CoachingTask
from accord.coaching.queries.coaching_tasks import next_step, tasks_owed
from accord.foundation.errors import Text
from accord.insights.queries.lights import HISTORY, KpiLight, lights_of, newest_periods
from accord.insights.queries.teams import Counts, counts_below
from accord.people.models import Employee

_SHOWN = 8


_NEXT: dict[str | None, Text] = {
    CoachingStep.Kind.EVIDENCE: _("next: look at the evidence"),
    CoachingStep.Kind.TALK: _("next: talk"),
    CoachingStep.Kind.ACTION: _("next: agree an action"),
    None: _("next: see what came of it and close"),
}


@dataclass(frozen=True)
class Owed:
    """A coaching task with the step that comes next."""

    task: CoachingTask
    next_step: Text


@dataclass(frozen=True)
class Today:
    """What one person opens the product for. `team` is None for somebody nobody reports to."""

    owed: Sequence[Owed]
    owed_in_all: int
    lights: Sequence[KpiLight]
    team: Counts | None
    needing: Sequence[tuple[Employee, Counts]]


def today_of(me: Employee, reports: Sequence[Employee], on: date) -> Today:
    """The page of `me`; `reports` are the people who report to them. A constant number of statements."""
    newest = newest_periods(on)
    lights = lights_of([me.pk, *(report.pk for report in reports)], newest, HISTORY)
    owed = list(tasks_owed(me, on).prefetch_related("steps"))
    counts = [(report, Counts.of(lights.get(report.pk, []))) for report in reports]
    needing = [(report, count) for report, count in counts if count.red or count.yellow]
    needing.sort(key=lambda pair: (-pair[1].red, -pair[1].yellow, pair[0].name))
    return Today(
        owed=[_owed(task) for task in owed[:_SHOWN]],
        owed_in_all=len(owed),
        lights=lights.get(me.pk, []),
        team=counts_below([me.pk], newest).get(me.pk) if reports else None,
        needing=needing[:_SHOWN],
    )


def _owed(task: CoachingTask) -> Owed:
    return Owed(task, _NEXT[next_step(task)])
