"""A version of an assessment model as people read it: dimension by dimension, with curves and who proposed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.domain.assessment_model import METHODS, Dimension, Item, ModelError, curve, read_model
from accord.domain.scoring import Direction, ScoringError
from accord.domain.wording import percent
from accord.foundation.language import readers_language
from accord.goals.models import AssessmentModelVersion
from accord.goals.queries.assessment_models import metrics_in
from accord.goals.queries.model_designer import curve_as_json
from accord.metrics.models import Metric
from accord.people.models import Employee
from accord.workflow.models import Flow, Form


@dataclass(frozen=True)
class SheetItem:
    """One KPI: the metric, what the model says of it, its curve, and whose idea it was."""

    metric: Metric
    item: Item
    weight: str
    range: str
    method: str
    author: str
    curve: Mapping[str, Any] | None


@dataclass(frozen=True)
class SheetDimension:
    """One dimension with the sum of its weights."""

    name: str
    weight: str
    items: Sequence[SheetItem]


@dataclass(frozen=True)
class Sheet:
    """The whole; `problem` says why it cannot be read yet."""

    dimensions: Sequence[SheetDimension] = ()
    form: str = ""
    flow: str = ""
    problem: str = ""

    @property
    def authors(self) -> list[str]:
        """Everybody whose idea is in it, each once."""
        named = (each.author for dimension in self.dimensions for each in dimension.items if each.author)
        return list(dict.fromkeys(named))


def sheet_of(version: AssessmentModelVersion) -> Sheet:
    """The sheet of a version; a draft with something to mend has none yet."""
    language = readers_language()
    try:
        model = read_model(version.body)
    except ModelError as error:
        return Sheet(problem=error.problems[0].explain(language))
    metrics = Metric.objects.in_bulk(list(metrics_in(version.body)))
    numbers = [item.author for item in model.items() if item.author]
    authors = dict(Employee.objects.filter(employee_no__in=numbers).values_list("employee_no", "name"))
    dimensions = [_dimension(each, metrics, authors) for each in model.dimensions]
    return Sheet(dimensions, _name(Form, model.form), _name(Flow, model.flow))


def _dimension(dimension: Dimension, metrics: Mapping[int, Metric], authors: Mapping[str, str]) -> SheetDimension:
    total = sum((item.weight for item in dimension.items), Decimal())
    items = [_item(item, metrics[item.metric], authors) for item in dimension.items if item.metric in metrics]
    return SheetDimension(dimension.name.say(readers_language()), percent(total), items)


def _item(item: Item, metric: Metric, authors: Mapping[str, str]) -> SheetItem:
    low, high = (each and percent(each).rstrip("%") for each in (item.weight_min, item.weight_max))
    limits = f"{low or '0'}–{high or '100'}%" if item.weight_min or item.weight_max else ""
    try:
        drawn = curve_as_json(item, curve(item, Direction(metric.direction), metric.decimals))
    except ScoringError:
        drawn = None
    method = METHODS[item.method].name.say(readers_language())
    return SheetItem(metric, item, percent(item.weight), limits, method, authors.get(item.author or "", ""), drawn)


def _name(table: type[Form] | type[Flow], code: str | None) -> str:
    found = table._default_manager.filter(code=code).first() if code else None
    return "" if found is None else found.name_en if readers_language() == "en" and found.name_en else found.name
