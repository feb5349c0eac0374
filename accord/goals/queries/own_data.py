"""What a person may take along of goals."""

from typing import Any

from accord.foundation.models import User
from accord.goals.models import Kpi


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
