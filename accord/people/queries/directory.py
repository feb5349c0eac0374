"""Who works here and where: what everybody who is signed in may know of everybody."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accord.people.models import Employee, OrgUnit, OrgUnitClosure, Position

WORKING = ~Q(status=Employee.Status.LEFT)


def directory(search: str = "", unit: OrgUnit | None = None, *, left: bool = False) -> QuerySet[Employee]:
    """The people who work here (or who left), by number, in a unit and all units in it, with all words of `search`
    in their name, number, unit or position.
    """
    people = Employee.objects.filter(~WORKING if left else WORKING)
    for word in search.split():
        people = people.filter(
            Q(name__icontains=word)
            | Q(employee_no__icontains=word)
            | Q(org_unit__path__icontains=word)
            | Q(position__name__icontains=word)
        )
    if unit:
        inside = OrgUnitClosure.objects.filter(ancestor=unit).values("descendant_id")
        people = people.filter(org_unit__in=inside)
    return people.select_related("org_unit", "position", "manager").order_by("employee_no")


def active_units() -> QuerySet[OrgUnit]:
    """The units that there are today."""
    return OrgUnit.objects.filter(is_active=True).select_related("head")


def units_below(parent: OrgUnit | None) -> QuerySet[OrgUnit]:
    """The units right below a unit (or at the top), with their head, `people` in the unit itself and `has_more`."""
    return (
        OrgUnit.objects.filter(parent=parent, is_active=True)
        .select_related("head")
        .annotate(
            people=Count("employees", filter=~Q(employees__status=Employee.Status.LEFT)),
            has_more=Exists(OrgUnit.objects.filter(parent=OuterRef("pk"), is_active=True)),
        )
        .order_by("name")
    )


def way_to(unit: OrgUnit) -> list[OrgUnit]:
    """The units from the top down to `unit`, itself the last."""
    rows = OrgUnitClosure.objects.filter(descendant=unit).select_related("ancestor").order_by("-depth")
    return [row.ancestor for row in rows]


def positions(search: str = "") -> QuerySet[Position]:
    """The positions with their family and the number of `people` who have them and work here."""
    found = Position.objects.filter(Q(name__icontains=search) | Q(name_en__icontains=search))
    return (
        found.select_related("family")
        .annotate(people=Count("employees", filter=~Q(employees__status=Employee.Status.LEFT)))
        .order_by("family__name", "name", "pk")
    )


def people_within(units: Iterable[OrgUnit]) -> dict[int, int]:
    """How many people work in each of some units and all units in it; one statement."""
    working = Count("descendant__employees", filter=~Q(descendant__employees__status=Employee.Status.LEFT))
    rows = OrgUnitClosure.objects.filter(ancestor__in=units)
    return dict(rows.values_list("ancestor_id").annotate(people=working))
