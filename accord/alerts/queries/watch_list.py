"""The watch list with the last periods of each KPI on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accord.alerts.models import Alert
from accord.alerts.queries.periods import newest_judged
from accord.domain.periods import Frequency, Period
from accord.foundation.clock import organisation_day
from accord.metrics.models import Measurement

SHOWN = 13


@dataclass(frozen=True)
class Watched:
    """An alert on the list, and the values of the last thirteen periods, oldest first."""

    alert: Alert
    values: Sequence[Decimal | None]


def watched(alerts: Iterable[Alert]) -> list[Watched]:
    """Some alerts with their values: a statement for each frequency among them, and one for all values."""
    found = list(alerts)
    windows = windows_of({alert.series.metric.frequency for alert in found})
    series = {alert.series_id: windows.get(alert.series.metric.frequency, range(0)) for alert in found}
    values = lines(series)
    return [Watched(alert, values[alert.series_id]) for alert in found]


def windows_of(frequencies: Collection[int]) -> dict[int, range]:
    """The thirteen periods up to the newest judged one of each frequency."""
    newest = {code: newest_judged(Frequency(code)) for code in sorted(frequencies)}
    return {code: _window(period) for code, period in newest.items() if period}


def lines(series: Mapping[int, range]) -> dict[int, list[Decimal | None]]:
    """The values of some series over a range of periods each, in one statement."""
    periods = {period for window in series.values() for period in window}
    rows = Measurement.objects.filter(period__in=periods, series_id__in=series)
    found: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    for series_id, period, value in rows.values_list("series_id", "period", "value"):
        found[series_id][period] = value
    return {one: [found[one].get(period) for period in window] for one, window in series.items()}


def _window(newest: Period) -> range:
    """Without a period that still runs: half of a week would look like a fall."""
    last = newest.key if newest.end < organisation_day() else newest.key - 1
    return range(last - SHOWN + 1, last + 1)
