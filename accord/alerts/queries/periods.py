"""Which periods were judged, and which need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accord.alerts.models import JudgedPeriod
from accord.domain.periods import Frequency, Period
from accord.metrics.models import Metric, Series
from accord.metrics.queries.retention import stored_among


@dataclass(frozen=True)
class Calendar:
    """The periods of one frequency that were judged in full, oldest first: those that alerts rest on."""

    periods: Sequence[int]

    def around(self, judged: Collection[int]) -> list[int]:
        """The periods whose second misses may have changed when `judged` were judged again."""
        return sorted({period + step for period in judged for step in (0, 1)} & set(self.periods))


def calendars(periods: Iterable[int]) -> list[Calendar]:
    """The calendars of the frequencies that `periods` (keys) are of; those without a period judged in full left out."""
    wanted = {Period(key).frequency for key in periods}
    found: dict[Frequency, list[int]] = defaultdict(list)
    for key, day in _judged().order_by("period").values_list("period", "judged_on"):
        if Period(key).frequency in wanted and _in_full(Period(key), day):
            found[Period(key).frequency].append(key)
    return [Calendar(keys) for _, keys in sorted(found.items())]


def unjudged(periods: Iterable[Period]) -> set[Period]:
    """Those of `periods` that were never judged in full, or not since something in them was touched."""
    judged = dict(_judged().filter(touches__lte=F("judged_touches")).values_list("period", "judged_on"))
    return {period for period in periods if not _in_full(period, judged.get(period.key))}


def pending_periods(today: date) -> set[Period]:
    """The periods to judge: touched since they were, judged by pace on another day, or the newest that ended."""
    touched = Q(touches__gt=F("judged_touches"))
    pending = {Period(key) for key in JudgedPeriod.objects.filter(touched).values_list("period", flat=True)}
    for key, day in _judged().values_list("period", "judged_on"):
        if day != today and not _in_full(Period(key), day):
            pending.add(Period(key))
    return pending | {Period.of(today, frequency) - 1 for frequency in _rhythms()}


def known_periods(ranges: Iterable[tuple[int, int]]) -> list[int]:
    """The periods (keys) within some ranges, both ends inclusive, that had a value or were judged; others can wait.

    Those whose values have left the database stay as they were judged.
    """
    within = Q(pk__in=[])
    for first, last in ranges:
        within |= Q(period__range=(first, last))
    known = list(JudgedPeriod.objects.filter(within).values_list("period", flat=True))
    stored = stored_among(known)
    return [key for key in known if key not in stored]


def newest_judged(frequency: Frequency) -> Period | None:
    """The newest period of a frequency that was judged, running or not."""
    first = Period.of(date.min, frequency).key
    keys = _judged().filter(period__gte=first, period__lt=(frequency + 1) * 1_000_000)
    key = keys.order_by("-period").values_list("period", flat=True).first()
    return Period(key) if key else None


def _judged() -> QuerySet[JudgedPeriod]:
    return JudgedPeriod.objects.filter(judged_on__isnull=False)


def _in_full(period: Period, judged_on: date | None) -> bool:
    """Whether the period was judged as of a day on which it did not run."""
    return judged_on is not None and not period.start <= judged_on <= period.end


def _rhythms() -> list[Frequency]:
    """The frequencies of the metrics that anybody has."""
    in_use = Metric.objects.filter(Exists(Series.objects.filter(metric=OuterRef("pk"))))
    return [Frequency(code) for code in in_use.order_by().values_list("frequency", flat=True).distinct()]
