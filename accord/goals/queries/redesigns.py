"""Redesigns, read: where each step stands, and what comes of it all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from accord.domain.position_map import Note, PositionMap, differences, read_map
from accord.domain.redesign import MINUTES, STEP_MINUTES, Missing, Redesign, Step, compose, missing, read_redesign
from accord.goals.models import Objective, PositionMapVersion, PositionRedesign
from accord.goals.queries.map_content import map_of
from accord.metrics.models import Metric
from accord.metrics.queries.library import metrics_by_name
from accord.people.models import Employee, OrgUnitClosure, Position


@dataclass(frozen=True)
class StepState:
    """One of the five steps: who saved it last and when, and what it still lacks."""

    step: Step
    number: int
    edition: int
    name: str
    at: datetime | None
    missing: Sequence[Missing]

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return STEP_MINUTES[self.step]

    @property
    def is_done(self) -> bool:
        """Whether it was written and lacks nothing."""
        return self.edition > 0 and not self.missing


@dataclass(frozen=True)
class Standing:
    """A redesign as it stands: what both wrote, the map before and after, and the state of each step."""

    redesign: PositionRedesign
    said: Redesign
    before: PositionMap
    after: PositionMap
    steps: Sequence[StepState]

    @property
    def is_complete(self) -> bool:
        """Whether it can be published."""
        return not any(step.missing for step in self.steps)

    @property
    def next_step(self) -> Step:
        """The first step that is not done; the last one where all are."""
        return next((state.step for state in self.steps if not state.is_done), Step.SOURCE)

    @property
    def minutes(self) -> int:
        """How long they have sat over it by now."""
        clock = self.redesign.steps.get("clock") or {"seconds": 0}
        return int(clock["seconds"]) // 60

    @property
    def usual_minutes(self) -> int:
        """How long it usually takes."""
        return MINUTES

    @property
    def changes(self) -> list[Note]:
        """What becomes different, in words."""
        return differences(self.before, self.after)


def redesigns_in_full() -> QuerySet[PositionRedesign]:
    """Redesigns with everybody and everything a page names."""
    return PositionRedesign.objects.select_related("position__family", "holder", "lead", "version")


def standing(redesign: PositionRedesign) -> Standing:
    """How a redesign stands. Once it is finished, what its version says and what the map said before it."""
    said = read_redesign(redesign.steps)
    before = _map_before(redesign)
    lacking = missing_in(said, before) if redesign.state == PositionRedesign.State.OPEN else []
    after = read_map(redesign.version.content) if redesign.version else compose(said, before, _known_keys(said))
    return Standing(redesign, said, before, after, _states(redesign.steps, lacking))


def missing_in(said: Redesign, before: PositionMap) -> list[Missing]:
    """What a redesign lacks; a metric of the library brings its own source along."""
    names = {kpi.name for kpi in said.new}
    known = Metric.objects.filter(Q(pk__in=before.metrics()) | Q(name__in=names)).values_list("name", "source")
    return missing(said, before, {name: source.strip() for name, source in known})


def newest_number(position: Position) -> int:
    """The number of the newest version of a position's map; 0 where none was kept yet."""
    return PositionMapVersion.objects.filter(position=position).aggregate(newest=Max("number"))["newest"] or 0


def objective_choices(holder: Employee, today: date) -> list[tuple[int, str]]:
    """The open objectives of the running cycle that a position may serve: of its units upwards, and the holder's."""
    units = OrgUnitClosure.objects.filter(descendant=holder.org_unit_id).values("ancestor")
    rows = Objective.objects.filter(
        Q(org_unit__in=units) | Q(employee=holder),
        state=Objective.State.OPEN,
        cycle__starts_on__lte=today,
        cycle__ends_on__gte=today,
    )
    rows = rows.select_related("org_unit", "employee").order_by("org_unit", "order", "id")
    return [(row.pk, f"{_owner(row)}：{row.title}") for row in rows]


def _owner(objective: Objective) -> str:
    if objective.employee:
        return objective.employee.name
    return objective.org_unit.name if objective.org_unit else ""


def _map_before(redesign: PositionRedesign) -> PositionMap:
    if redesign.version is None:
        return map_of(redesign.position)
    earlier = PositionMapVersion.objects.filter(position=redesign.position, number=redesign.version.number - 1).first()
    return read_map(earlier.content) if earlier else PositionMap()


def _known_keys(said: Redesign) -> dict[str, int]:
    return {name: metric.pk for name, metric in metrics_by_name(kpi.name for kpi in said.new).items()}


def _states(steps: dict[str, Any], lacking: Iterable[Missing]) -> list[StepState]:
    found = list(lacking)
    return [
        StepState(
            step=step,
            number=number,
            edition=steps.get(step.value, {}).get("edition", 0),
            name=steps.get(step.value, {}).get("name", ""),
            at=datetime.fromisoformat(steps[step.value]["at"]) if step.value in steps else None,
            missing=[each for each in found if each.step == step],
        )
        for number, step in enumerate(Step, start=1)
    ]
