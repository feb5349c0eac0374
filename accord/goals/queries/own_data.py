"""What a person may take along of goals."""

import json
from typing import Any

from accord.foundation.models import User
from accord.goals.models import Kpi, Scorecard


def own_data(user: User) -> list[dict[str, Any]]:
    """The KPIs a person has had, cycle by cycle, with their targets."""
    kpis = Kpi.objects.filter(series__employee__user=user).select_related("cycle", "series__metric")
    return [
        {
            "cycle": kpi.cycle.name,
            "metric": kpi.series.metric.name,
            "weight": str(kpi.weight),
            "method": kpi.method,
            "targets": [
                {"from_period": target.from_period, "to_period": target.to_period, "target": str(target.target)}
                for target in kpi.targets.all()
            ],
        }
        for kpi in kpis.prefetch_related("targets").order_by("cycle__starts_on", "id")
    ]


def own_scorecards(user: User) -> list[dict[str, Any]]:
    """The frozen scorecards of a person, with what each line was worked out from."""
    cards = Scorecard.objects.filter(employee__user=user).select_related("cycle").prefetch_related("lines__metric")
    return [
        {
            "cycle": card.cycle.name,
            "kind": card.kind,
            "as_of": card.as_of.isoformat(),
            "total": None if card.total is None else f"{card.total:.2f}",
            "digest": card.digest,
            "lines": [
                {
                    "metric": line.metric.name,
                    "weight": str(line.weight),
                    "score": None if line.score is None else f"{line.score:.2f}",
                    "inputs": json.loads(line.inputs),
                }
                for line in card.lines.all()
            ],
        }
        for card in cards.order_by("cycle__starts_on", "id")
    ]
