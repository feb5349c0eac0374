"""The tracks of a team: for each KPI of some agreements its targets and values, period by period; two statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from accord.domain.calibration import Level, Mark, Track
from accord.domain.periods import Frequency, Period
from accord.goals.models import Agreement, KpiTarget
from accord.metrics.models import Measurement, Metric

LineKey = tuple[int, int]
"""Agreement and metric."""

_LEVELS = {Metric.Aggregation.SUM: Level.SUM, Metric.Aggregation.LAST: Level.LAST}


def tracks_of(agreements: Sequence[Agreement], today: date) -> dict[LineKey, Track]:
    """What became of every KPI of these agreements in the periods of their cycle that are over."""
    held = _targets(agreements)
    values = _values(held, agreements, today)
    marks: defaultdict[LineKey, list[Mark]] = defaultdict(list)
    newest: dict[LineKey, KpiTarget] = {}
    stretches = {each.pk: each for each in agreements}
    for target in held:
        key = _key(target)
        newest[key] = target
        for period in _periods(target, stretches[key[0]], today):
            marks[key].append(Mark(period, target.target, values.get((target.series_id, period))))
    return {key: _track(newest[key], marks[key]) for key in newest}


def _targets(agreements: Sequence[Agreement]) -> list[KpiTarget]:
    """Oldest first, so that the last of a line is the one in force."""
    held = KpiTarget.objects.filter(kpi__line__terms__agreement__in=agreements)
    return list(held.select_related("kpi__line__terms", "series__metric").order_by("series", "from_period"))


def _values(
    held: Sequence[KpiTarget], agreements: Sequence[Agreement], today: date
) -> Mapping[tuple[int, int], Decimal]:
    if not held:
        return {}
    first = min(each.starts_on for each in agreements)
    last = min(today - timedelta(days=1), max(each.ends_on for each in agreements))
    keys = [key for frequency in {_frequency(target) for target in held} for key in _between(frequency, first, last)]
    found = Measurement.objects.filter(period__in=keys, series__in={target.series_id for target in held})
    return {(series, period): value for series, period, value in found.values_list("series_id", "period", "value")}


def _periods(target: KpiTarget, agreement: Agreement, today: date) -> Iterator[int]:
    """The periods of a target that are over and end within the agreement."""
    last_day = min(today - timedelta(days=1), agreement.ends_on)
    for key in _between(_frequency(target), agreement.starts_on, last_day):
        if target.from_period <= key <= target.to_period:
            yield key


def _between(frequency: Frequency, first: date, last: date) -> range:
    """The keys of the periods that end from `first` to `last`, both inclusive."""
    if last < first:
        return range(0)
    start, end = Period.of(first, frequency), Period.of(last, frequency)
    return range(start.key, end.key + (1 if end.end <= last else 0))


def _frequency(target: KpiTarget) -> Frequency:
    return Frequency(target.series.metric.frequency)


def _key(target: KpiTarget) -> LineKey:
    line = target.kpi.line
    if line is None:
        raise ValueError(f"target {target.pk} belongs to no agreement")
    return line.terms.agreement_id, line.metric_id


def _track(target: KpiTarget, marks: Sequence[Mark]) -> Track:
    metric = target.series.metric
    level = _LEVELS.get(Metric.Aggregation(metric.aggregation), Level.MEAN)
    return Track(tuple(marks), target.kpi.weight, target.lower_is_better, level)
