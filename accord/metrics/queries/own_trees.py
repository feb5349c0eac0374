"""What driver trees know about one person, for them to take along."""

from __future__ import annotations

from typing import Any

from accord.domain.periods import Period
from accord.foundation.models import User
from accord.metrics.models import DriverNode, DriverTarget


def own_data(user: User) -> dict[str, list[dict[str, Any]]]:
    """The parts of trees that the person answers for, and the targets that they set."""
    nodes = DriverNode.objects.filter(owner__user=user).select_related("tree", "metric", "org_unit")
    targets = DriverTarget.objects.filter(set_by=user).select_related("node__tree", "node__metric", "node__org_unit")
    return {
        "answers_for": [_named(node) for node in nodes.order_by("tree__name", "id")],
        "targets_set": [
            {
                **_named(target.node),
                "from": Period(target.from_period).label,
                "value": f"{target.value:f}",
                "set_at": target.set_at,
            }
            for target in targets.order_by("set_at", "id")
        ],
    }


def _named(node: DriverNode) -> dict[str, Any]:
    return {"tree": node.tree.name, "metric": node.metric.name, "unit": node.org_unit.path}
