"""Lists of objectives: whose, in which order, and what a form offers."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from accord.goals.models import Cycle, Objective
from accord.goals.queries.objectives import in_full, of_people
from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit, OrgUnitClosure, Position

WHOSE = {
    "company": Q(org_unit__isnull=False, org_unit__parent=None),
    "units": Q(org_unit__parent__isnull=False),
    "people": Q(employee__isnull=False),
}
"""The three kinds of list, by the word in the address."""

_MOST_PARENTS = 200


def own_objectives(employee: Employee, cycle: Cycle) -> QuerySet[Objective]:
    """A person's own objectives of a cycle, and then those of units that they answer for."""
    own = Objective.objects.filter(Q(employee=employee) | Q(owner=employee), cycle=cycle)
    return in_full(own).select_related("parent").order_by(of_people().desc(), "org_unit", "order", "pk")


def listed(cycle: Cycle, whose: str, search: str = "") -> QuerySet[Objective]:
    """The objectives of a cycle of one kind, by unit or by name; `search` is part of a title or of whose it is."""
    found = Objective.objects.filter(WHOSE[whose], cycle=cycle)
    if search:
        found = found.filter(
            Q(title__icontains=search) | Q(employee__name__icontains=search) | Q(org_unit__name__icontains=search)
        )
    return in_full(found).select_related("parent").order_by("org_unit__path", "employee__name", "order", "pk")


def directly_below(objective: Objective) -> QuerySet[Objective]:
    """The objectives that serve one directly, units before people."""
    below = Objective.objects.filter(parent=objective).select_related("org_unit", "employee")
    return below.order_by(of_people(), "org_unit", "order", "pk")


def counts(cycle: Cycle) -> dict[str, int]:
    """How many objectives of each kind a cycle has."""
    return Objective.objects.filter(cycle=cycle).aggregate(
        **{name: Count("pk", filter=condition) for name, condition in WHOSE.items()}
    )


def likely_parents(cycle: Cycle, subjects: Sequence[Employee | OrgUnit], also: int | None) -> QuerySet[Objective]:
    """The open objectives that those of `subjects` most likely serve: of their units and all above, of their managers,
    and the one that was named.
    """
    people = [each for each in subjects if isinstance(each, Employee)]
    units = [each.pk for each in subjects if isinstance(each, OrgUnit)] + [each.org_unit_id for each in people]
    above = OrgUnitClosure.objects.filter(descendant__in=units).values("ancestor")
    managers = [each.manager_id for each in people if each.manager_id]
    wanted = Q(org_unit__in=above) | Q(employee__in=managers) | Q(pk=also)
    parents = Objective.objects.filter(wanted, cycle=cycle, state=Objective.State.OPEN)
    order = (of_people(), "org_unit__path", "order", "pk")
    # Named by their keys, because a form looks its choice up among them and a slice cannot be searched.
    some = list(parents.order_by(*order).values_list("pk", flat=True)[:_MOST_PARENTS])
    return Objective.objects.filter(pk__in=some).select_related("org_unit", "employee").order_by(*order)


def measurable() -> QuerySet[Metric]:
    """The metrics in use, by name."""
    return Metric.objects.filter(is_active=True).order_by("name", "id")


def positions() -> QuerySet[Position]:
    """All positions, by name."""
    return Position.objects.order_by("name", "id")
