"""Storing KPIs and their targets, for the many with a few statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from accord.domain.periods import Period
from accord.domain.status import light_bounds
from accord.goals.models import Cycle, Kpi, KpiTarget
from accord.goals.periods import forever
from accord.goals.services.cycles import cycle_on
from accord.goals.services.kpi_import.schedule import Stretch
from accord.metrics.models import Metric, Series

_CHUNK = 2_000
_TARGET_FIELDS = (
    "kpi_id", "lower_is_better", "to_period", "target", "threshold", "stretch", "green_from", "yellow_from"
)  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """A settled row with the metric and the cycle it belongs to."""

    stretch: Stretch
    metric: Metric
    cycle: Cycle


def cycles_of(stretches: Iterable[Stretch], today: date) -> dict[int, Cycle]:
    """The cycle of each row, by row number: the one in which it begins, or today's where it has no beginning."""
    known: dict[date, Cycle] = {}
    found: dict[int, Cycle] = {}
    for stretch in stretches:
        # A period belongs to the cycle in which it ends, as it does to the stretch of time.
        day = Period(stretch.first).end if stretch.row.starts else today
        if day not in known:
            known[day] = cycle_on(day)
        found[stretch.row.row] = known[day]
    return found


def ensure_series(wanted: set[tuple[str, int, int]]) -> dict[tuple[str, int, int], int]:
    """The ids of the series `(employee|org_unit, subject id, metric id)`, made where they are missing."""
    Series.objects.bulk_create(
        (
            Series(metric_id=metric, **{f"{kind}_id": subject})
            for kind, subject, metric in sorted(wanted - _known_series(wanted).keys())
        ),
        batch_size=_CHUNK,
        ignore_conflicts=True,
    )
    return _known_series(wanted)


def _known_series(wanted: set[tuple[str, int, int]]) -> dict[tuple[str, int, int], int]:
    metrics = {metric for _, _, metric in wanted}
    rows = Series.objects.filter(metric__in=metrics).values_list("id", "metric_id", "employee_id", "org_unit_id")
    found = {
        ("employee", employee, metric) if employee else ("org_unit", unit, metric): pk
        for pk, metric, employee, unit in rows.iterator(chunk_size=10_000)
    }
    return {key: pk for key, pk in found.items() if key in wanted}


@dataclass(frozen=True)
class StoredKpis:
    """The KPIs of a file by (cycle, series), and which of them changed their weight or method."""

    ids: Mapping[tuple[int, int], int]
    changed: frozenset[tuple[int, int]]


def store_kpis(planned: Sequence[Planned], series: Mapping[tuple[str, int, int], int]) -> StoredKpis:
    """Create or bring up to date the KPI of every row; what stays the same is not written."""
    wanted = {(plan.cycle.pk, series_of(plan, series)): plan.stretch.row for plan in planned}
    held = _held_kpis(wanted.keys())
    stale = {
        key
        for key, row in wanted.items()
        if key not in held or (held[key].weight, held[key].method) != (row.weight, row.method)
    }
    Kpi.objects.bulk_create(
        (
            Kpi(cycle_id=key[0], series_id=key[1], weight=wanted[key].weight, method=wanted[key].method)
            for key in sorted(stale - held.keys())
        ),
        batch_size=_CHUNK,
    )
    changed = stale & held.keys()
    for key in changed:
        held[key].weight, held[key].method = wanted[key].weight, wanted[key].method
    Kpi.objects.bulk_update((held[key] for key in sorted(changed)), ["weight", "method"], _CHUNK)
    ids = {key: kpi.pk for key, kpi in _held_kpis(wanted.keys()).items()}
    return StoredKpis(ids, frozenset(changed))


def _held_kpis(wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], Kpi]:
    rows = Kpi.objects.filter(cycle__in={cycle for cycle, _ in wanted}, line=None)
    return {
        (row.cycle_id, row.series_id): row
        for row in rows.iterator(chunk_size=10_000)
        if (row.cycle_id, row.series_id) in wanted
    }


def series_of(plan: Planned, series: Mapping[tuple[str, int, int], int]) -> int:
    """The series id of a row."""
    return series[(*plan.stretch.row.subject, plan.metric.pk)]


@dataclass(frozen=True)
class Stored:
    """How many rows were new, changed and the same, and the stretches of periods that were touched."""

    counts: Counter[str]
    ranges: tuple[tuple[int, int], ...]


def store_targets(planned: Sequence[Planned], series: Mapping[tuple[str, int, int], int], kpis: StoredKpis) -> Stored:
    """Write the schedules. Open-ended targets in force yield to later ones; nothing is written that stays the same."""
    existing = _existing({series_of(plan, series) for plan in planned})
    counts: Counter[str] = Counter()
    fresh: list[KpiTarget] = []
    touched: dict[int, KpiTarget] = {}
    ranges: set[tuple[int, int]] = set()
    for plan in planned:
        key = (plan.cycle.pk, series_of(plan, series))
        schedule = existing[key[1]]
        target = _target(plan, key[1], kpis.ids[key])
        _close_at_next(target, schedule.keys())
        held = schedule.get(target.from_period)
        if held is None:
            fresh.append(target)
        elif _differs(held, target):
            target.pk = held.pk
            touched[target.pk] = target
        outcome = _outcome(held, target, key in kpis.changed)
        counts[outcome] += 1
        if outcome != "same":
            ranges.add((target.from_period, target.to_period))
        schedule[target.from_period] = held if outcome == "same" and held is not None else target
    touched.update({target.pk: target for target in _trim(existing)})
    KpiTarget.objects.bulk_create(fresh, batch_size=_CHUNK)
    KpiTarget.objects.bulk_update(touched.values(), [name.removesuffix("_id") for name in _TARGET_FIELDS], _CHUNK)
    return Stored(counts, tuple(sorted(ranges)))


def _outcome(held: KpiTarget | None, wanted: KpiTarget, kpi_changed: bool) -> str:
    if held is None:
        return "created"
    return "changed" if kpi_changed or _differs(held, wanted) else "same"


def _existing(series: set[int]) -> defaultdict[int, dict[int, KpiTarget]]:
    found: defaultdict[int, dict[int, KpiTarget]] = defaultdict(dict)
    ids = sorted(series)
    for start in range(0, len(ids), 10_000):
        for row in KpiTarget.objects.filter(series__in=ids[start : start + 10_000]):
            found[row.series_id][row.from_period] = row
    return found


def _target(plan: Planned, series: int, kpi: int) -> KpiTarget:
    row, lower = plan.stretch.row, plan.metric.direction == Metric.Direction.DOWN
    target = row.target.of(plan.metric)
    green, yellow = light_bounds(target, lower)
    return KpiTarget(
        kpi_id=kpi,
        series_id=series,
        lower_is_better=lower,
        from_period=plan.stretch.first,
        to_period=plan.stretch.last,
        target=target,
        threshold=row.threshold.of(plan.metric) if row.threshold else None,
        stretch=row.stretch.of(plan.metric) if row.stretch else None,
        green_from=green,
        yellow_from=yellow,
    )


def _close_at_next(target: KpiTarget, starts: Iterable[int]) -> None:
    if target.to_period == forever(Period(target.from_period).frequency):
        later = [start for start in starts if start > target.from_period]
        target.to_period = min(later) - 1 if later else target.to_period


def _differs(held: KpiTarget, wanted: KpiTarget) -> bool:
    return any(getattr(held, name) != getattr(wanted, name) for name in _TARGET_FIELDS)


def _trim(schedules: Mapping[int, dict[int, KpiTarget]]) -> list[KpiTarget]:
    """Stored targets that ran into one that now begins after them, ended in time."""
    trimmed = []
    for schedule in schedules.values():
        ordered = [schedule[start] for start in sorted(schedule)]
        for earlier, later in pairwise(ordered):
            if earlier.to_period >= later.from_period:
                earlier.to_period = later.from_period - 1
                if earlier.pk:
                    trimmed.append(earlier)
    return trimmed


def weight_sums(kpis: StoredKpis) -> dict[tuple[int, str, int], Decimal]:
    """The sum of weights by (cycle, kind of subject, subject) for everybody who has one of `kpis`."""
    wanted = set(kpis.ids.values())
    sums: defaultdict[tuple[int, str, int], Decimal] = defaultdict(Decimal)
    seen: set[tuple[int, str, int]] = set()
    rows = Kpi.objects.filter(cycle__in={cycle for cycle, _ in kpis.ids}).values_list(
        "id", "cycle_id", "weight", "series__employee_id", "series__org_unit_id"
    )
    for pk, cycle, weight, employee, unit in rows.iterator(chunk_size=10_000):
        key = (cycle, "employee", employee) if employee else (cycle, "org_unit", unit)
        sums[key] += weight
        if pk in wanted:
            seen.add(key)
    return {key: sums[key] for key in seen}
