"""Changing a driver tree: as a whole, or one node at a time. Whoever saves names the edition that they saw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db import IntegrityError, transaction

from accord.foundation.services import events
from accord.metrics.errors import driver_trees as errors
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.metrics.services.driver_trees.checking import check_draft, checked_name
from accord.metrics.services.driver_trees.drafts import Kind, NodeDraft, changed_at, draft_of_tree, found
from accord.metrics.services.driver_trees.writing import write_draft
from accord.people.models import Employee


def claim(tree: DriverTree, seen: int) -> None:
    """Take the next edition of a tree in the caller's transaction. Raises TreeRetired or TreeChanged.

    The object at hand gets it once all is written: what fails leaves it as it was.
    """
    if not tree.is_active:
        raise errors.TreeRetired(tree=tree.name)
    if not DriverTree.objects.filter(pk=tree.pk, edition=seen, is_active=True).update(edition=seen + 1):
        raise errors.TreeChanged(tree=tree.name)


@transaction.atomic
def change_tree(
    tree: DriverTree,
    seen: int,
    actor: Employee,
    root: NodeDraft,
    *,
    name: str | None = None,
    owner: Employee | None = None,
) -> DriverTree:
    """Bring the tree to what `root` says; nodes that the draft names by their key keep their targets.

    Raises TreeChanged, TreeRetired, RootStays, NodeGone, TreeNameTaken, or what `check_draft` finds.
    """
    claim(tree, seen)
    _check_keys(tree, root)
    check_draft(tree, root)
    write_draft(tree, root)
    name = tree.name if name is None else checked_name(name)
    owner_id = tree.owner_id if owner is None else owner.pk
    try:
        with transaction.atomic():
            DriverTree.objects.filter(pk=tree.pk).update(name=name, owner=owner_id)
    except IntegrityError as error:
        raise errors.TreeNameTaken(tree=name, unit=tree.org_unit.name) from error
    tree.name, tree.owner_id, tree.edition = name, owner_id, seen + 1
    events.record(
        "driver_tree.changed",
        subject=f"driver_trees:{tree.pk}",
        actor=actor.user,
        tree_id=tree.pk,
        edition=tree.edition,
    )
    return tree


def take_apart(
    tree: DriverTree,
    seen: int,
    actor: Employee,
    node: int,
    children: Sequence[NodeDraft],
    *,
    kind: str | None = None,
    scale: Decimal | None = None,
) -> DriverTree:
    """Put new parts below a node, after those it has; `kind` and `scale` say what it becomes, if that changes."""

    def apart(draft: NodeDraft) -> NodeDraft:
        return replace(
            draft,
            children=(*draft.children, *children),
            kind=draft.kind if kind is None else kind,
            scale=draft.scale if scale is None else scale,
        )

    return _change_node(tree, seen, actor, node, apart)


def edit_node(
    tree: DriverTree,
    seen: int,
    actor: Employee,
    node: int,
    *,
    metric: int,
    org_unit: int,
    kind: str,
    scale: Decimal,
    owner_unit: int | None,
    owner: int | None,
) -> DriverTree:
    """Change what a node is and who owns it; its parts stay, and are gone where it becomes a measured one."""

    def edited(draft: NodeDraft) -> NodeDraft:
        parts = () if kind == Kind.LEAF else draft.children
        return NodeDraft(metric, org_unit, kind, parts, scale, owner_unit, owner, draft.pk)

    return _change_node(tree, seen, actor, node, edited)


def remove_node(tree: DriverTree, seen: int, actor: Employee, node: int) -> DriverTree:
    """Take a node out with all below it; a node whose last part goes is measured again. Raises RootStays."""
    return _change_node(tree, seen, actor, node, lambda draft: None)


def move_node(tree: DriverTree, seen: int, actor: Employee, node: int, parent: int, place: int) -> DriverTree:
    """Put a node with all below it at a place among the parts of another node. Raises RootStays or BelowItself."""
    root = draft_of_tree(tree)
    moved = found(root, node)
    if moved is None:
        raise errors.NodeGone(tree=tree.name)
    if found(moved, parent):
        raise errors.BelowItself(metric=Metric.objects.get(pk=moved.metric).name)

    def taken_in(draft: NodeDraft) -> NodeDraft:
        children = list(draft.children)
        children.insert(place, moved)
        return replace(draft, children=tuple(children))

    without = changed_at(root, node, lambda draft: None)
    if without is None:
        raise errors.RootStays(tree=tree.name)
    placed = changed_at(without, parent, taken_in)
    if placed is None or found(placed, node) is None:
        raise errors.NodeGone(tree=tree.name)
    return change_tree(tree, seen, actor, placed)


@transaction.atomic
def retire_tree(tree: DriverTree, seen: int, actor: Employee) -> DriverTree:
    """Put a tree out of use; it can still be looked at. Raises TreeRetired or TreeChanged."""
    claim(tree, seen)
    DriverTree.objects.filter(pk=tree.pk).update(is_active=False)
    tree.is_active, tree.edition = False, seen + 1
    events.record("driver_tree.retired", subject=f"driver_trees:{tree.pk}", actor=actor.user, tree_id=tree.pk)
    return tree


def _change_node(
    tree: DriverTree, seen: int, actor: Employee, node: int, change: Callable[[NodeDraft], NodeDraft | None]
) -> DriverTree:
    root = draft_of_tree(tree)
    if found(root, node) is None:
        raise errors.NodeGone(tree=tree.name)
    changed = changed_at(root, node, change)
    if changed is None:
        raise errors.RootStays(tree=tree.name)
    return change_tree(tree, seen, actor, changed)


def _check_keys(tree: DriverTree, root: NodeDraft) -> None:
    """Every key in the draft is a node of this tree, once, and the root stays the root."""
    stored = dict(DriverNode.objects.filter(tree=tree).values_list("pk", "parent_id"))
    named = [draft.pk for draft, _ in root.walk() if draft.pk is not None]
    if len(set(named)) != len(named) or not stored.keys() >= set(named):
        raise errors.NodeGone(tree=tree.name)
    if root.pk is None or stored[root.pk] is not None:
        raise errors.RootStays(tree=tree.name)
