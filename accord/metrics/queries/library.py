"""Reads of the metric library."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from django.db.models import Max, Q, QuerySet

from accord.metrics.models import Freshness, Metric, Series


def plain_name(text: str) -> str:
    """A name without what people vary: width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def metrics_by_name(names: Iterable[str]) -> dict[str, Metric]:
    """Return those of `names` that name a metric, in Chinese or English, whatever their case and spaces."""
    wanted = set(names)
    if not wanted:
        return {}
    known: dict[str, Metric] = {}
    # A metric's own name wins over the English name of another.
    for metric in sorted(_library(), key=lambda metric: metric.pk):
        known.setdefault(plain_name(metric.name_en), metric)
    known.update({plain_name(metric.name): metric for metric in _library()})
    known.pop("", None)
    return {name: known[plain_name(name)] for name in wanted if plain_name(name) in known}


def nearest_metrics(name: str, most: int = 3) -> list[str]:
    """The names of the metrics that read most like `name`, the nearest first."""
    spellings: dict[str, str] = {}
    for metric in _library():
        spellings[plain_name(metric.name)] = metric.name
        if metric.name_en:
            spellings.setdefault(plain_name(metric.name_en), metric.name)
    close = get_close_matches(plain_name(name), spellings, n=2 * most, cutoff=0.5)
    return list(dict.fromkeys(spellings[each] for each in close))[:most]


def library(search: str = "") -> QuerySet[Metric]:
    """The metrics whose name, English name, source or description has `search` in it, those in use first.

    Each carries `until`, the key of the newest period with a value.
    """
    metrics = Metric.objects.select_related("owner").annotate(until=Max("freshness__period"))
    for word in search.split():
        metrics = metrics.filter(
            Q(name__icontains=word)
            | Q(name_en__icontains=word)
            | Q(source__icontains=word)
            | Q(description__icontains=word)
        )
    return metrics.order_by("-is_active", "name", "id")


def find_metric(pk: int) -> Metric | None:
    """A metric with its owner, the parts of a ratio and `until`; None if there is no such metric."""
    metrics = Metric.objects.select_related("owner", "numerator", "denominator")
    return metrics.annotate(until=Max("freshness__period")).filter(pk=pk).first()


def series_count(metric: Metric) -> int:
    """How many people and units have this metric."""
    return Series.objects.filter(metric=metric).count()


def possible_parts(ratio: Metric) -> QuerySet[Metric]:
    """The metrics of which `ratio` may be made: all that are no ratios, but itself."""
    return Metric.objects.exclude(aggregation=Metric.Aggregation.RATIO).exclude(pk=ratio.pk).order_by("name")


def is_part_of_ratio(metric: Metric) -> bool:
    """Whether a ratio is made of this metric."""
    return Metric.objects.filter(Q(numerator=metric) | Q(denominator=metric)).exists()


def has_values(metric: Metric) -> bool:
    """Whether any value of the metric was ever brought in."""
    return Freshness.objects.filter(metric=metric).exists()


def _library() -> QuerySet[Metric]:
    return Metric.objects.all()
