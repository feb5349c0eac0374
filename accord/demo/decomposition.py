"""How 远航电商 splits its targets of the next quarter: GMV of the stores is handed out, the sales target is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from accord.demo.clock import Calendar, Story, at
from accord.domain.decomposition.settings import Settings, read_settings
from accord.goals.models import Cycle, Decomposition
from accord.goals.queries.decomposition.choices import Splittable, splittables
from accord.goals.services.cycles import cycle_after
from accord.goals.services.decomposition.applying import apply
from accord.goals.services.decomposition.changing import change
from accord.goals.services.decomposition.starting import start
from accord.people.models import Employee, OrgUnit

_STORES, _SALES = "远航电商/店铺运营部", "远航电商/销售部"
_HANDED_OUT, _OPEN = 3, 1
"""Days ago."""


def tell_of_decompositions(people: Mapping[str, Employee], calendar: Calendar, today: date) -> None:
    """Let the stories of decompositions begin."""
    calendar.add(_stores(people, today))
    calendar.add(_sales(people, today))


def _stores(people: Mapping[str, Employee], today: date) -> Story:
    """GMV as visitors × conversion × order value, from the department to its groups and people."""
    head, partner = _head(people, _STORES), _partner(people)
    yield at(today - timedelta(days=_HANDED_OUT), 10)
    made = _begin(today, _STORES, "GMV", Decimal("9450"), partner, is_product=True)
    yield at(today - timedelta(days=_HANDED_OUT), 15)
    stores = Employee.objects.filter(org_unit__parent__path=_STORES, position__name="店铺运营").order_by("employee_no")
    locks = {f"e{stores[0].pk}": {made.metric_id: Decimal("460")}}
    change(made, made.edition, replace(_settings(made), locks=locks), head)
    yield at(today - timedelta(days=_HANDED_OUT), 17)
    apply(made, made.edition, partner)


def _sales(people: Mapping[str, Employee], today: date) -> Story:
    """Contract value of the sales department, begun and not yet handed out."""
    yield at(today - timedelta(days=_OPEN), 11)
    _begin(today, _SALES, "签约额", Decimal("4950"), _partner(people), is_product=False)


def _begin(today: date, path: str, metric: str, target: Decimal, actor: Employee, *, is_product: bool) -> Decomposition:
    return start(_next_cycle(today), OrgUnit.objects.get(path=path), _what(metric, is_product), target, actor)


def _next_cycle(today: date) -> Cycle:
    return cycle_after(today)


def _what(metric: str, is_product: bool) -> Splittable:
    known = splittables(OrgUnit.objects.none())
    return next(one for one in known if one.metric.name == metric and bool(one.factors) == is_product)


def _settings(made: Decomposition) -> Settings:
    return read_settings(made.settings)


def _head(people: Mapping[str, Employee], path: str) -> Employee:
    head = OrgUnit.objects.get(path=path).head
    return head or _partner(people)


def _partner(people: Mapping[str, Employee]) -> Employee:
    return next(person for person in people.values() if person.position.name == "HRBP")
