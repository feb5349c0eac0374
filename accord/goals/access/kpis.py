"""Who may see whose KPIs: exactly those who may see the person."""

from django.db.models import Q, QuerySet

from accord.goals.models import Cycle
from accord.people.access import Actor, visible_employees
from accord.people.models import Employee


def people_with_kpis(actor: Actor, cycle: Cycle, search: str = "") -> QuerySet[Employee]:
    """The people `actor` may see who have KPIs in `cycle`, by name; `search` is part of a name or a whole number."""
    people = visible_employees(actor).filter(series__kpis__cycle=cycle)
    if search:
        people = people.filter(Q(name__icontains=search) | Q(employee_no=search))
    return people.select_related("position", "org_unit").distinct().order_by("name", "id")
