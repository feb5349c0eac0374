"""The lights of some people: what each KPI was judged in the newest periods, read by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, Max, OuterRef, Q

from accord.alerts.models import JudgedPeriod, KpiStatus
from accord.domain.periods import Frequency, Period
from accord.goals.models import Kpi, KpiTarget
from accord.goals.queries.kpis import targets_of
from accord.metrics.models import Metric

HISTORY = 13
"""Periods of history on every page: a quarter of weeks."""


@dataclass(frozen=True)
class KpiLight:
    """One KPI as pages show it: the newest status (None is grey) and the periods up to it, oldest first."""

    kpi: Kpi
    target: KpiTarget
    period: Period
    statuses: Mapping[int, KpiStatus]

    @property
    def metric(self) -> Metric:
        return self.kpi.series.metric

    @property
    def status(self) -> KpiStatus | None:
        return self.statuses.get(self.period.key)

    @property
    def light(self) -> int | None:
        return self.status.light if self.status else None

    @property
    def value(self) -> Decimal | None:
        return self.status.value if self.status else None

    @property
    def periods(self) -> list[Period]:
        return [self.period - back for back in range(HISTORY - 1, -1, -1)]

    @property
    def history(self) -> list[tuple[Period, KpiStatus | None]]:
        """Thirteen periods, oldest first, each with its status."""
        return [(period, self.statuses.get(period.key)) for period in self.periods]

    @property
    def attainment(self) -> Decimal | None:
        """Share of the target reached, 1 is the target; None without a value or for a target that has no ratio."""
        return attainment(self.status, self.target.lower_is_better) if self.status else None


def attainment(status: KpiStatus, lower_is_better: bool) -> Decimal | None:
    """x/T where higher is better, 2 − x/T where lower is better; None where the target is not positive."""
    if status.target <= 0:
        return None
    share: Decimal = status.value / status.target
    return 2 - share if lower_is_better else share


def newest_periods(on: date) -> dict[Frequency, Period]:
    """For each frequency the newest period with values that had ended before `on`.

    A week that still runs is half empty and one without values is all grey; neither says how people stand.
    """
    ended = Q(pk__in=[])
    for frequency in Frequency:
        ended |= Q(period__range=(frequency * 1_000_000, Period.of(on, frequency).key - 1))
    with_values = Exists(KpiStatus.objects.filter(period=OuterRef("period")))
    judged = JudgedPeriod.objects.filter(ended, with_values).values(code=F("period") / 1_000_000)
    newest = judged.annotate(newest=Max("period")).values_list("newest", flat=True)
    return {Period(key).frequency: Period(key) for key in newest}


def lights_of(
    employees: Iterable[int], newest: Mapping[Frequency, Period], history: int = 1
) -> dict[int, list[KpiLight]]:
    """The lights of the employees with these ids, heaviest KPI first, with the last `history` periods of each.

    Two statements for any number of people.
    """
    targets = list(targets_of(list(employees), (period.key for period in newest.values())))
    periods = [period.key - back for period in newest.values() for back in range(history)]
    statuses = _statuses([target.series_id for target in targets], periods)
    found: defaultdict[int, list[KpiLight]] = defaultdict(list)
    for target in targets:
        period = newest[Frequency(target.from_period // 1_000_000)]
        found[target.kpi.series.employee_id or 0].append(
            KpiLight(target.kpi, target, period, statuses[target.series_id])
        )
    return dict(found)


def _statuses(series: Sequence[int], periods: Sequence[int]) -> defaultdict[int, dict[int, KpiStatus]]:
    found: defaultdict[int, dict[int, KpiStatus]] = defaultdict(dict)
    for status in KpiStatus.objects.filter(period__in=periods, series__in=series):
        found[status.series_id][status.period] = status
    return found
