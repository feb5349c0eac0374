"""Scoring everybody in a cycle: read, compute and freeze, some thousand people at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from accord.foundation.models import User
from accord.foundation.services import events
from accord.goals.models import Cycle, ScorecardRun
from accord.goals.queries.objectives import objective_scores
from accord.goals.services.scorecards.computing import Frozen, Outline, compute
from accord.goals.services.scorecards.reading import inputs_of
from accord.goals.services.scorecards.storing import Standing, standing, store
from accord.people.models import Employee
from accord.workflow.services.archive.keeping import keep

Kind = ScorecardRun.Kind

PATIENCE = timedelta(days=15)
"""How long a final scorecard waits for values that are still missing. After that it says what is."""

LOOK_BACK = timedelta(days=100)
"""How long after the end of a cycle a corrected value still makes new scorecards by itself; later somebody asks."""

_AT_ONCE = 20_000


@dataclass(frozen=True)
class Scored:
    """What a run came to: new scorecards, those that stand unchanged, and people whose values are not all in yet."""

    cycle: Cycle
    kind: str
    as_of: date
    run: ScorecardRun | None
    written: int
    same: int
    waiting: int

    def report(self) -> dict[str, object]:
        """The figures as JSON takes them."""
        return {
            "cycle": self.cycle.name,
            "kind": self.kind,
            "as_of": self.as_of.isoformat(),
            "written": self.written,
            "same": self.same,
            "waiting": self.waiting,
            "digest": self.run.digest if self.run else None,
        }


def score_finished(today: date) -> list[Scored]:
    """Bring the final scorecards of the cycles that ended lately to what their values say."""
    ended = Cycle.objects.filter(ends_on__lt=today, ends_on__gte=today - LOOK_BACK).order_by("starts_on", "id")
    return [score_cycle(cycle, today) for cycle in ended]


def score_cycle(cycle: Cycle, today: date, actor: User | None = None) -> Scored:
    """Freeze the scorecards of everybody with KPIs in `cycle`: the final ones once it is over, else those so far.

    A scorecard that would say what the standing one says is not written again; one that differs takes its place and
    names it. All or nothing.
    """
    is_final = today > cycle.ends_on
    as_of = min(today, cycle.ends_on + timedelta(days=1))
    kind = Kind.FINAL if is_final else Kind.SO_FAR
    with transaction.atomic():
        run = ScorecardRun.objects.create(cycle=cycle, kind=kind, as_of=as_of)
        is_patient = is_final and today < cycle.ends_on + PATIENCE
        scored = _score_all(run, is_patient=is_patient)
        if scored.run is None:
            run.delete()
        else:
            _seal(run, scored.written, actor)
    return scored


def _score_all(run: ScorecardRun, *, is_patient: bool) -> Scored:
    digests = hashlib.sha256()
    written = same = waiting = 0
    for people in _people(run.cycle):
        chosen, counts = _score_some(run, people, is_patient=is_patient)
        for card in chosen:
            digests.update(bytes.fromhex(card.digest))
        written, same, waiting = written + len(chosen), same + counts[0], waiting + counts[1]
    run.people, run.digest = written, digests.hexdigest()
    return Scored(run.cycle, run.kind, run.as_of, run if written else None, written, same, waiting)


def _score_some(
    run: ScorecardRun, people: Sequence[Employee], *, is_patient: bool
) -> tuple[list[Frozen], tuple[int, int]]:
    """The cards that were written, and how many stand unchanged or wait."""
    cycle, is_final = run.cycle, run.kind == Kind.FINAL
    keys = [person.pk for person in people]
    objectives = objective_scores(keys, cycle, run.as_of) if cycle.okr_share else {}
    computed = compute(
        inputs_of(cycle, people, run.as_of, is_final), Outline(run.as_of, is_final, cycle.okr_share, objectives)
    )
    before = standing(run, keys[0], keys[-1])
    ready = [card for card in computed if card.is_whole or not is_patient or card.employee in before]
    chosen = [card for card in ready if not _is_same(card, before)]
    store(run, chosen, before)
    return chosen, (len(ready) - len(chosen), len(computed) - len(ready))


def _is_same(card: Frozen, before: dict[int, Standing]) -> bool:
    return card.employee in before and before[card.employee].digest == card.digest


def _people(cycle: Cycle) -> Iterator[Sequence[Employee]]:
    """Everybody with KPIs in the cycle, in the order of their keys, some thousand at a time."""
    people = Employee.objects.filter(series__kpis__cycle=cycle).distinct().order_by("pk")
    chosen = list(people.only("pk", "hired_on", "left_on"))
    for start in range(0, len(chosen), _AT_ONCE):
        yield chosen[start : start + _AT_ONCE]


def _seal(run: ScorecardRun, people: int, actor: User | None) -> None:
    """Keep the digest of the run in the archive, where nobody can change it, and announce it."""
    run.save(update_fields=["people", "digest"])
    facts = {"cycle": run.cycle.name, "as_of": run.as_of.isoformat(), "people": people, "digest": run.digest}
    keep(f"scorecards.{run.kind}", f"scorecard_runs:{run.pk}", facts)
    events.record(
        "scorecards.frozen",
        subject=f"scorecard_runs:{run.pk}",
        actor=actor,
        run_id=run.pk,
        cycle_id=run.cycle_id,
        kind=str(run.kind),
        people=people,
    )
