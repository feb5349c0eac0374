"""The KPIs that units answer for themselves, as the tops of their boards show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from accord.alerts.models import KpiStatus
from accord.domain.periods import Frequency, Period
from accord.goals.queries.kpis import targets_of_units
from accord.insights.queries.lights import HISTORY, KpiLight
from accord.people.models import OrgUnit

MOST = 6


def own_kpis(units: Sequence[OrgUnit], periods: Mapping[Frequency, Period], most: int = MOST) -> list[KpiLight]:
    """The heaviest KPIs of the units themselves with thirteen periods of history; two statements."""
    targets = list(targets_of_units([unit.pk for unit in units], (each.key for each in periods.values()))[:most])
    keys = [period.key - back for period in periods.values() for back in range(HISTORY)]
    statuses: defaultdict[int, dict[int, KpiStatus]] = defaultdict(dict)
    for status in KpiStatus.objects.filter(period__in=keys, series__in=[target.series_id for target in targets]):
        statuses[status.series_id][status.period] = status
    return [
        KpiLight(target.kpi, target, periods[Frequency(target.from_period // 1_000_000)], statuses[target.series_id])
        for target in targets
    ]
