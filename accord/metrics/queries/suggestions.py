"""What the preset of a source suggests to take from it, as far as it is not taken yet."""

from __future__ import annotations

from dataclasses import dataclass

from accord.metrics.models import Connection, Metric, MetricMapping
from accord.metrics.presets import Suggestion, preset_of
from accord.metrics.queries.library import metrics_by_name


@dataclass(frozen=True)
class Suggested:
    """A rule of the preset; `metric` is the one of the library, None where it would be a new one."""

    told: Suggestion
    metric: Metric | None


def suggestions(connection: Connection) -> list[Suggested]:
    """The rules of the preset whose metrics are not taken from this source yet."""
    preset = preset_of(connection.preset)
    told = preset.suggestions if preset else ()
    known = metrics_by_name([each.metric for each in told])
    taken = set(MetricMapping.objects.filter(connection=connection).values_list("metric_id", flat=True))
    streams = connection.settings.get("streams", {})
    found = [Suggested(each, known.get(each.metric)) for each in told if each.stream in streams]
    return [each for each in found if each.metric is None or each.metric.pk not in taken]


def suggestion(connection: Connection, metric: str) -> Suggested | None:
    """The suggestion for the metric of this name."""
    return next((each for each in suggestions(connection) if each.told.metric == metric), None)
