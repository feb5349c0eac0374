"""A tree as it is to be: nested drafts, and the same draft with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from accord.domain.decomposition.units import scale
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.people.models import OrgUnit

Kind = DriverNode.Kind


@dataclass(frozen=True)
class NodeDraft:
    """A node to be: its metric and unit by their keys, what it is made of, and who owns it.

    `pk` names the node that it is already, which keeps its targets; None is a new one.
    """

    metric: int
    org_unit: int
    kind: str = Kind.LEAF
    children: tuple[NodeDraft, ...] = ()
    scale: Decimal = Decimal(1)
    owner_unit: int | None = None
    owner: int | None = None
    pk: int | None = None

    def walk(self) -> Iterator[tuple[NodeDraft, int]]:
        """This node and all below it, each before its children, with its depth."""
        waiting = [(self, 0)]
        while waiting:
            draft, depth = waiting.pop()
            yield draft, depth
            waiting.extend((child, depth + 1) for child in reversed(draft.children))

    def owned_by(self, owner: int | None) -> NodeDraft:
        """The same, all of it owned by one person."""
        return replace(self, owner=owner, children=tuple(child.owned_by(owner) for child in self.children))


def draft_of_tree(tree: DriverTree) -> NodeDraft:
    """The tree as it stands."""
    below: dict[int | None, list[DriverNode]] = {}
    for node in tree.nodes.order_by("place", "id"):
        below.setdefault(node.parent_id, []).append(node)
    return _draft(below[None][0], below)


def _draft(node: DriverNode, below: dict[int | None, list[DriverNode]]) -> NodeDraft:
    return NodeDraft(
        metric=node.metric_id,
        org_unit=node.org_unit_id,
        kind=node.kind,
        children=tuple(_draft(child, below) for child in below.get(node.pk, ())),
        scale=node.scale,
        owner_unit=node.owner_unit_id,
        owner=node.owner_id,
        pk=node.pk,
    )


def draft_of_product(product: Metric, factors: Sequence[Metric], unit: OrgUnit) -> NodeDraft:
    """A product of measured factors of one unit; what it is multiplied by follows from their units (%, 万元)."""
    return NodeDraft(
        metric=product.pk,
        org_unit=unit.pk,
        kind=Kind.PRODUCT,
        children=tuple(NodeDraft(metric=factor.pk, org_unit=unit.pk, owner_unit=unit.pk) for factor in factors),
        scale=scale(product.unit, [factor.unit for factor in factors]),
        owner_unit=unit.pk,
    )


def changed_at(root: NodeDraft, pk: int, change: Callable[[NodeDraft], NodeDraft | None]) -> NodeDraft | None:
    """The draft with the node `pk` as `change` makes it; None from `change` takes it out.

    A node whose last child is taken out is measured again. None where the root itself is taken out.
    """
    if root.pk == pk:
        return change(root)
    children = tuple(changed for child in root.children if (changed := changed_at(child, pk, change)) is not None)
    if root.children and not children:
        return replace(root, kind=Kind.LEAF, scale=Decimal(1), children=())
    return replace(root, children=children)


def found(root: NodeDraft, pk: int) -> NodeDraft | None:
    """The node `pk` with what is below it."""
    return next((draft for draft, _ in root.walk() if draft.pk == pk), None)
