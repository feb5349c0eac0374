"""Assessment models, read: which one is in use for whom, and what the library knows of their metrics."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from accord.domain.assessment_model import KnownMetric
from accord.domain.scoring import Direction
from accord.domain.wording import Text
from accord.goals.models import AssessmentModelVersion
from accord.metrics.models import Metric
from accord.people.models import Employee, Position

_PUBLISHED = AssessmentModelVersion.State.PUBLISHED


def published_for(position: Position) -> AssessmentModelVersion | None:
    """The version that the people of a position are assessed by now, if there is one."""
    return published_models([position]).select_related("assessment_model").order_by("-published_at", "-pk").first()


def published_models(positions: Iterable[Position]) -> QuerySet[AssessmentModelVersion]:
    """The versions in use for any of some positions; one row for each of them."""
    keys = [position.pk for position in positions]
    return AssessmentModelVersion.objects.filter(state=_PUBLISHED, assessment_model__positions__in=keys)


def metrics_in(body: object) -> set[int]:
    """The keys of the metrics a body names, whatever else stands in it."""
    return {item["metric"] for item in raw_items(body) if type(item.get("metric")) is int}


def raw_items(body: object) -> Iterator[dict[str, Any]]:
    """The items of a body as they stand there: a draft may have any mistake."""
    for dimension in _listed(body, "dimensions"):
        yield from _listed(dimension, "items")


def metrics_known_to(body: object) -> dict[int, KnownMetric]:
    """What the reading of a body has to know of its metrics: those in use."""
    metrics = Metric.objects.filter(pk__in=metrics_in(body), is_active=True)
    return {each.pk: KnownMetric(_name(each), Direction(each.direction)) for each in metrics}


def names_of(metrics: Collection[int]) -> Mapping[int, Text]:
    """The names of metrics by key."""
    return {each.pk: _name(each) for each in Metric.objects.filter(pk__in=metrics)}


def authors_in(*bodies: object) -> dict[str, str]:
    """The names of those who proposed items of some bodies, by their numbers."""
    items = (item for each in bodies for item in raw_items(each))
    numbers = {item["author"] for item in items if isinstance(item.get("author"), str)}
    return dict(Employee.objects.filter(employee_no__in=numbers).values_list("employee_no", "name"))


def _name(metric: Metric) -> Text:
    return Text(metric.name, metric.name_en)


def _listed(holder: object, name: str) -> Iterator[dict[str, Any]]:
    found = holder.get(name) if isinstance(holder, dict) else None
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict):
            yield each
