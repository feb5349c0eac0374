"""The metric library: adding and changing metrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from accord.domain.periods import Frequency
from accord.foundation.models import User
from accord.foundation.services import events
from accord.metrics.errors.library import MetricHasValues, MetricInUse
from accord.metrics.models import Metric
from accord.metrics.queries.library import has_values, series_count

# What gives a stored value its meaning.
_MEANING = ("direction", "frequency", "aggregation", "numerator", "denominator")


@dataclass(frozen=True)
class MetricDefinition:
    """A metric as others describe it. `numerator` and `denominator` name the metrics of which a ratio is made."""

    name: str
    name_en: str = ""
    unit: str = ""
    direction: str = Metric.Direction.UP
    decimals: int = 2
    frequency: Frequency = Frequency.WEEK
    aggregation: str = Metric.Aggregation.SUM
    description: str = ""
    source: str = ""
    numerator: str = ""
    denominator: str = ""


# What is averaged over periods and not added up: shares, marks, durations and prices.
_AVERAGED_UNITS = frozenset({"%", "", "分", "分钟", "小时", "天", "元"})


def shape_of(unit: str) -> dict[str, Any]:
    """How a metric that somebody proposes by name and unit is usually kept: its decimals, and how periods combine.

    Whoever looks after the library can say otherwise before the first value comes.
    """
    is_averaged = unit in _AVERAGED_UNITS
    aggregation = Metric.Aggregation.MEAN if is_averaged else Metric.Aggregation.SUM
    return {"decimals": 1 if is_averaged else 0, "aggregation": aggregation}


def ensure_metrics(definitions: Sequence[MetricDefinition], actor: User | None = None) -> dict[str, Metric]:
    """Return the metrics of these names, making those that do not exist. One that exists keeps its own definition.

    The parts of a ratio must exist or be among `definitions`.
    """
    with transaction.atomic():
        known = {metric.name: metric for metric in Metric.objects.all()}
        missing = {definition.name: definition for definition in definitions if definition.name not in known}
        # Ratios last, when their parts are there.
        for ratios in (False, True):
            made = Metric.objects.bulk_create(
                _metric(definition, known)
                for definition in missing.values()
                if (definition.aggregation == Metric.Aggregation.RATIO) is ratios
            )
            known.update({metric.name: metric for metric in made})
            events.record_many(
                "metric.created", [(f"metrics:{metric.pk}", {"metric_id": metric.pk}) for metric in made], actor=actor
            )
    return {definition.name: known[definition.name] for definition in definitions}


def create_metric(metric: Metric, actor: User) -> Metric:
    """Add `metric`, which was checked by its form."""
    with transaction.atomic():
        metric.save()
        events.record("metric.created", subject=f"metrics:{metric.pk}", actor=actor, metric_id=metric.pk)
    return metric


def change_metric(metric: Metric, actor: User) -> Metric:
    """Store `metric` as it was changed.

    Raises MetricHasValues where stored values would change their meaning, MetricInUse where targets would.
    """
    with transaction.atomic():
        stored = Metric.objects.get(pk=metric.pk)
        fields = [each for each in Metric._meta.concrete_fields if _differs(each.attname, stored, metric)]
        for field in fields:
            if _gives_meaning(field.name, stored, metric) and has_values(stored):
                raise MetricHasValues(field=field.name, metric=stored.name, label=field.verbose_name)
            if _gives_targets_meaning(field.name, stored, metric) and series_count(stored):
                raise MetricInUse(field=field.name, metric=stored.name, label=field.verbose_name)
        changed = [field.name for field in fields]
        if changed:
            metric.save(update_fields=changed)
            events.record(
                "metric.changed", subject=f"metrics:{metric.pk}", actor=actor, metric_id=metric.pk, changed=changed
            )
    return metric


def _differs(name: str, before: Metric, after: Metric) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _gives_meaning(field: str, before: Metric, after: Metric) -> bool:
    return field in _MEANING or (field == "unit" and before.is_percent != after.is_percent)


def _gives_targets_meaning(field: str, before: Metric, after: Metric) -> bool:
    """Targets are written in the unit and for the periods of their metric; they follow another direction."""
    return field == "frequency" or (field == "unit" and before.is_percent != after.is_percent)


def _metric(definition: MetricDefinition, known: dict[str, Metric]) -> Metric:
    values = asdict(definition)
    for part in ("numerator", "denominator"):
        values[part] = known[values[part]] if values[part] else None
    return Metric(**values)
