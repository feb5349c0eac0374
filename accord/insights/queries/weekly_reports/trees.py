"""What moved the results of a reader's driver trees, and why: exact attribution, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Q

from accord.domain.periods import Frequency, Period
from accord.domain.wording import LANGUAGES, Language, Wording
from accord.insights.queries.weekly_reports.facts import Fact, metric_as_json, number
from accord.insights.queries.weekly_reports.groups import ReaderGroup
from accord.metrics.models import DriverNode, DriverTree
from accord.metrics.queries.driver_trees import NodeView, Slip, TreeView, sentences, slip_of, tree_view
from accord.metrics.queries.driver_trees.sentences import amount_words, driver_name
from accord.people.queries.sight import unit_sight

MOST = 6
"""So many numbers of a tree stand under its sentences: the result and the drivers that moved it most."""

_ESSENCE = Wording("{driver}拖累{result} {amount}", "{driver} held {result} back by {amount}")


def tree_news(group: ReaderGroup) -> Mapping[int, list[Fact]]:
    """The trees of each reader as they stand: five statements for all, and seven for each tree with news."""
    readers = _readers_of_trees(group)
    told = {tree.pk: _told(tree, group) for tree in {tree.pk: tree for tree, _reader in readers}.values()}
    found: defaultdict[int, list[Fact]] = defaultdict(list)
    for tree, reader in readers:
        if fact := told[tree.pk]:
            found[reader].append(fact)
    return found


def _readers_of_trees(group: ReaderGroup) -> list[tuple[DriverTree, int]]:
    """Trees with those who own one or a part of it or head its unit, as far as they may see its unit."""
    mine = Q(owner__in=group.readers) | Q(org_unit__head__in=group.readers)
    parts = DriverNode.objects.filter(owner__in=group.readers, tree__is_active=True)
    owners = set(parts.order_by().values_list("tree", "owner").distinct())
    trees = DriverTree.objects.filter(mine | Q(pk__in={tree for tree, _owner in owners}), is_active=True)
    found = list(trees.select_related("org_unit", "owner").order_by("org_unit__path", "name"))
    owners |= {(tree.pk, person) for tree in found for person in (tree.owner_id, tree.org_unit.head_id) if person}
    seen = unit_sight(group.readers, {tree.org_unit_id for tree in found})
    return [
        (tree, reader)
        for tree in found
        for reader in group.readers
        if (tree.pk, reader) in owners and (reader, tree.org_unit_id) in seen
    ]


def _told(tree: DriverTree, group: ReaderGroup) -> Fact | None:
    """What a tree says of the period that ended last; nothing where a report before has said it already."""
    frequency = Frequency(tree.frequency)
    period = Period.of(group.monday, frequency) - 1
    if period == Period.of(group.week.start, frequency) - 1:
        return None
    view = tree_view(tree, period, "target")
    if view.problem or view.change is None:
        view = tree_view(tree, period, "before")
    if view.root.value is None or view.root.series is None:
        return None
    slip = slip_of(view)
    return {
        "tree": tree.pk,
        "name": tree.name,
        "period": period.key,
        "light": int(view.root.light) if view.root.light else None,
        "said": {language: sentences(view, language, slip) for language in LANGUAGES},
        "numbers": [_number(node, view) for node in _shown(view)],
        "slip": _slip(slip, view) if slip else None,
    }


def _shown(view: TreeView) -> Iterable[NodeView]:
    """The result, then the drivers that moved it most."""
    steps = sorted((step for step in view.steps if step.node), key=lambda step: -abs(step.amount))
    nodes = [view.root, *(step.node for step in steps if step.node)]
    return [node for node in nodes if node.series and node.value is not None][:MOST]


def _number(node: NodeView, view: TreeView) -> Fact:
    unit = node.node.org_unit
    then = number(view.period.key - 1, node.before, None) if node.before is not None else None
    light = int(node.light) if node.light else None
    return {
        "who": unit.name,
        "employee": None,
        "unit": unit.pk,
        "series": node.series,
        "metric": metric_as_json(node.metric),
        "now": number(view.period.key, node.value or Decimal(0), node.target, light),
        "then": then,
    }


def _slip(slip: Slip, view: TreeView) -> Fact:
    return {
        "driver": metric_as_json(slip.node.metric),
        "result": metric_as_json(view.root.metric),
        "owner": slip.owner.pk if slip.owner else None,
        "who": slip.owner.name if slip.owner else "",
        "is_new": slip.since == view.period,
        "essence": {language: _essence(slip, view, language) for language in LANGUAGES},
    }


def _essence(slip: Slip, view: TreeView, language: Language) -> str:
    amount = amount_words(abs(slip.amount), view.root.metric, language)
    driver, result = (driver_name(node.node, view, language) for node in (slip.node, view.root))
    # Chinese parts a Latin word from what is around it.
    spaced = f" {result}" if language == "zh-hans" and result[:1].isascii() else result
    return _ESSENCE.say(language, {"driver": driver, "result": spaced, "amount": amount})
