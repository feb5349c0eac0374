"""Who may see what a metric says of a key result: objectives are open to everybody, a person's numbers are not.

A key result that is measured by a unit's own series stands open. One that follows the series of a person shows its
value, and the progress that can be worked out from it, to those alone who may see that person's performance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace

from django.db.models import Exists, OuterRef

from accord.domain.objectives import summed
from accord.goals.models import KeyResult, Objective
from accord.goals.queries.alignment import Branch
from accord.goals.queries.objectives import SeenKeyResult, SeenObjective
from accord.metrics.models import Measurement, Series
from accord.people.access import Actor, visible_employees

Measured = Sequence[tuple[Objective, KeyResult]]


def shown_to(actor: Actor, objectives: Iterable[SeenObjective]) -> list[SeenObjective]:
    """Objectives as `actor` may see them; at most two statements for any number."""
    objectives = list(objectives)
    hidden = _hidden(actor, [(each.objective, result.key_result) for each in objectives for result in each.results])
    return [_without(each, hidden) for each in objectives]


def withhold_on_map(actor: Actor, branches: Iterable[Branch]) -> None:
    """The same for every objective that is drawn on a map."""
    drawn = list(_walk(branches))
    for branch, seen in zip(drawn, shown_to(actor, [each.seen for each in drawn]), strict=True):
        branch.seen = seen


def results_shown_to(actor: Actor, results: Sequence[KeyResult]) -> list[KeyResult]:
    """Key results as `actor` may see them."""
    hidden = _hidden(actor, [(result.objective, result) for result in results])
    return [_valueless(result) if result.pk in hidden else result for result in results]


def _walk(branches: Iterable[Branch]) -> Iterable[Branch]:
    for branch in branches:
        yield branch
        yield from _walk(branch.below)


def _hidden(actor: Actor, results: Measured) -> set[int]:
    """The keys of those that follow the series of a person whom `actor` may not see."""
    measured = [(objective, result) for objective, result in results if result.metric_id is not None]
    if not measured:
        return set()
    of_units = _series_of_units(measured)
    people = {
        result.pk: objective.employee_id or result.owner_id or objective.owner_id
        for objective, result in measured
        if (objective.org_unit_id, result.metric_id) not in of_units
    }
    visible = set(
        visible_employees(actor).filter(pk__in={key for key in people.values() if key}).values_list("pk", flat=True)
    )
    return {pk for pk, person in people.items() if person is not None and person not in visible}


def _series_of_units(measured: Measured) -> set[tuple[int | None, int]]:
    """The units and metrics of these for which the unit has values of its own."""
    units = {objective.org_unit_id for objective, _result in measured if objective.org_unit_id}
    if not units:
        return set()
    series = Series.objects.filter(org_unit__in=units, metric__in={result.metric_id for _objective, result in measured})
    own = series.filter(Exists(Measurement.objects.filter(series=OuterRef("pk"))))
    return set(own.values_list("org_unit_id", "metric_id"))


def _without(seen: SeenObjective, hidden: set[int]) -> SeenObjective:
    """The whole says nothing either: what is hidden could be worked out from it."""
    if not any(each.key_result.pk in hidden for each in seen.results):
        return seen
    results = [_withheld(each) if each.key_result.pk in hidden else each for each in seen.results]
    return replace(seen, results=results, part=summed([]))


def _withheld(each: SeenKeyResult) -> SeenKeyResult:
    return replace(
        each, key_result=_valueless(each.key_result), part=replace(each.part, progress=None), is_withheld=True
    )


def _valueless(result: KeyResult) -> KeyResult:
    without = copy(result)
    without.current = None
    return without
