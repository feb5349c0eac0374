"""Setting the targets of a tree: exactly those that somebody confirmed, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from accord.domain.numbers import to_micro
from accord.domain.periods import Frequency, Period
from accord.foundation.clock import organisation_day
from accord.foundation.services import events
from accord.metrics.errors import driver_trees as errors
from accord.metrics.models import DriverNode, DriverTarget, DriverTree
from accord.metrics.services.driver_trees.changing import claim
from accord.people.models import Employee


@transaction.atomic
def set_targets(
    tree: DriverTree, seen: int, actor: Employee, targets: Mapping[int, Decimal], from_period: Period
) -> list[DriverTarget]:
    """Set the target of each named node from a period on; targets are added, never overwritten.

    The first target of a node may reach back; one that has a target keeps it for the periods that are over.

    What the others must become is worked out by `domain/driver_tree/targets` and confirmed by a person before. Raises
    TreeChanged, TreeRetired, NoTargets, NodeGone, TargetUnusable or TargetTooEarly.
    """
    claim(tree, seen)
    if not targets:
        raise errors.NoTargets
    _check(tree, targets)
    _check_period(tree, targets, from_period)
    made = DriverTarget.objects.bulk_create(
        DriverTarget(node_id=node, from_period=from_period.key, value=value, set_by=actor.user)
        for node, value in targets.items()
    )
    tree.edition = seen + 1
    events.record(
        "driver_tree.targets_set",
        subject=f"driver_trees:{tree.pk}",
        actor=actor.user,
        tree_id=tree.pk,
        edition=tree.edition,
        nodes=list(targets),
        from_period=from_period.key,
    )
    return made


def _check(tree: DriverTree, targets: Mapping[int, Decimal]) -> None:
    nodes = DriverNode.objects.filter(tree=tree).select_related("metric").in_bulk(list(targets))
    if nodes.keys() != targets.keys():
        raise errors.NodeGone(tree=tree.name)
    for node, value in targets.items():
        try:
            to_micro(value)
        except ValueError as error:
            raise errors.TargetUnusable(metric=nodes[node].metric.name) from error


def _check_period(tree: DriverTree, targets: Mapping[int, Decimal], from_period: Period) -> None:
    running = Period.of(organisation_day(), Frequency(tree.frequency))
    is_over = from_period.frequency is running.frequency and from_period < running
    if from_period.frequency is not running.frequency or (
        is_over and DriverTarget.objects.filter(node__in=list(targets)).exists()
    ):
        raise errors.TargetTooEarly(period=from_period.label)
