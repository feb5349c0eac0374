"""The driver trees of 远航电商: GMV of the store department by group, and that of the North America group.

Their targets are a little above what the groups' KPIs ask for: what an ordinary week makes. So a week in which
conversion slips shows, although the KPI of the group is still met.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from accord.demo.clock import Calendar, Story, at
from accord.demo.company import COMPANY
from accord.demo.targets import STORE_DEPARTMENT, STORE_GROUPS
from accord.domain.periods import Frequency, Period
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.metrics.queries.library import metrics_by_name
from accord.metrics.services.driver_trees import NodeDraft, draft_of_product, make_tree, set_targets
from accord.people.models import Employee, OrgUnit

_WEEKS_AGO = 30
_FACTORS = {"访客数": Decimal(410_000), "转化率": Decimal("2.5"), "客单价": Decimal(198)}
_OF_GROUP = Decimal("202.95")
"""410,000 × 2.5 % × 198 元, in 万元."""


def tell_of_driver_trees(people: Mapping[str, Employee], calendar: Calendar, today: date) -> None:
    """Let the story of the two trees begin."""
    calendar.add(_trees(people, today))


def _trees(people: Mapping[str, Employee], today: date) -> Story:
    first = Period.of(today, Frequency.WEEK) - _WEEKS_AGO
    yield at(first.start + timedelta(days=1), 10)
    metrics = metrics_by_name(["GMV", *_FACTORS])
    groups = {each.path: each for each in OrgUnit.objects.filter(parent__path=f"{COMPANY}/{STORE_DEPARTMENT}")}
    drafts = [_group(groups[f"{COMPANY}/{path}"], metrics) for path in STORE_GROUPS]
    department = OrgUnit.objects.select_related("head").get(path=f"{COMPANY}/{STORE_DEPARTMENT}")
    partner = next(person for person in people.values() if person.position.name == "HRBP")
    whole = NodeDraft(
        metrics["GMV"].pk,
        department.pk,
        DriverNode.Kind.SUM,
        tuple(drafts),
        owner_unit=department.pk,
        owner=department.head_id,
    )
    _make("店铺 GMV", department, whole, partner, first)
    yield at(first.start + timedelta(days=2), 14)
    group = OrgUnit.objects.select_related("head").get(path=f"{COMPANY}/{STORE_GROUPS[0]}")
    _make(f"{group.name} GMV", group, _group(group, metrics), group.head or partner, first)


def _group(group: OrgUnit, metrics: Mapping[str, Metric]) -> NodeDraft:
    """A group's GMV as the product of its visitors, conversion and order value; the head owns all of it."""
    draft = draft_of_product(metrics["GMV"], [metrics[name] for name in _FACTORS], group)
    return draft.owned_by(group.head_id)


def _make(name: str, unit: OrgUnit, draft: NodeDraft, actor: Employee, first: Period) -> DriverTree:
    tree = make_tree(name, unit, draft, actor)
    set_targets(tree, tree.edition, actor, _targets(tree), first)
    return tree


def _targets(tree: DriverTree) -> dict[int, Decimal]:
    """The targets of all nodes, which fit each other exactly."""
    found = {}
    for node in tree.nodes.select_related("metric"):
        whole = _OF_GROUP * len(STORE_GROUPS) if node.kind == DriverNode.Kind.SUM else _OF_GROUP
        found[node.pk] = _FACTORS.get(node.metric.name, whole)
    return found
