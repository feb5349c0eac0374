"""Bringing the stored nodes of a tree to what a draft says."""

from __future__ import annotations

from django.db.models import F

from accord.metrics.models import DriverNode, DriverTree
from accord.metrics.services.driver_trees.drafts import NodeDraft

# No two nodes of a parent may stand at one place, not even for a moment: what stands is moved out of the way first.
_ASIDE = 16_000
_FIELDS = ("parent", "place", "kind", "metric", "org_unit", "scale", "owner_unit", "owner")


def write_draft(tree: DriverTree, root: NodeDraft) -> None:
    """Write the draft: new nodes are made, those that stay are changed and moved, those it does not name are deleted.

    The root of a tree that stands must be in the draft, as its root.
    """
    tree.nodes.update(place=F("place") + _ASIDE)
    kept: list[DriverNode] = []
    waiting: list[tuple[NodeDraft, int | None, int]] = [(root, None, 0)]
    while waiting:
        draft, parent, place = waiting.pop()
        node = _node(tree, draft, parent, place)
        if draft.pk is None:
            node.save(force_insert=True)
        else:
            kept.append(node)
        waiting.extend((child, node.pk, place) for place, child in enumerate(draft.children))
    DriverNode.objects.bulk_update(kept, _FIELDS, batch_size=50)
    tree.nodes.filter(place__gte=_ASIDE).delete()


def _node(tree: DriverTree, draft: NodeDraft, parent: int | None, place: int) -> DriverNode:
    return DriverNode(
        pk=draft.pk,
        tree=tree,
        parent_id=parent,
        place=place,
        kind=draft.kind,
        metric_id=draft.metric,
        org_unit_id=draft.org_unit,
        scale=draft.scale,
        owner_unit_id=draft.owner_unit,
        owner_id=draft.owner,
    )
