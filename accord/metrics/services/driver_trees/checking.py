"""What a draft must be before it is written."""

from __future__ import annotations

from accord.metrics.errors import driver_trees as errors
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.metrics.services.driver_trees.drafts import NodeDraft
from accord.people.models import OrgUnitClosure

MOST_NODES, MOST_LEVELS = 500, 20
_LONGEST_NAME = 100
Kind = DriverNode.Kind


def checked_name(name: str) -> str:
    """The name without needless spaces. Raises TreeNameMissing."""
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name:
        raise errors.TreeNameMissing
    return name


def check_draft(tree: DriverTree, root: NodeDraft) -> None:
    """Raise the first thing that is wrong with a draft; three statements whatever its size."""
    drafts = list(root.walk())
    if len(drafts) > MOST_NODES or max(depth for _, depth in drafts) >= MOST_LEVELS:
        raise errors.TooManyNodes(most=MOST_NODES, levels=MOST_LEVELS)
    metrics = Metric.objects.in_bulk({draft.metric for draft, _ in drafts})
    inside = OrgUnitClosure.objects.filter(ancestor=tree.org_unit_id).values_list("descendant_id", flat=True)
    units = set(inside)
    for draft, _ in drafts:
        metric = metrics.get(draft.metric)
        if metric is None:
            raise errors.MetricGone
        _check_metric(tree, draft, metric)
        if draft.org_unit not in units:
            raise errors.UnitOutside(unit=tree.org_unit.name)


def _check_metric(tree: DriverTree, draft: NodeDraft, metric: Metric) -> None:
    if metric.frequency != tree.frequency or (not metric.is_active and draft.pk is None):
        raise errors.MetricDoesNotFit(metric=metric.name, frequency=tree.get_frequency_display())
    if not _fits(draft.kind, len(draft.children)):
        label = Kind(draft.kind).label
        raise errors.WrongNumberOfParts(metric=metric.name, kind=label, parts=len(draft.children))
    if not (draft.scale.is_finite() and 0 < draft.scale < 10**12 and round(draft.scale, 6)):
        raise errors.ScaleNotAbove(metric=metric.name)


def _fits(kind: str, parts: int) -> bool:
    if kind == Kind.LEAF:
        return parts == 0
    if kind == Kind.RATIO:
        return parts == 2
    return parts > 0 and (kind != Kind.MEAN or parts % 2 == 0)
