"""What the designer of an assessment model is told: the KPIs one may choose from, what is to be mended, the curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.domain.assessment_model import (
    MISSING,
    Curve,
    Item,
    KnownMetric,
    ModelError,
    Share,
    curve,
    differences,
    even_out,
    number_in,
    read_item,
    read_model,
)
from accord.domain.scoring import ScoringError
from accord.domain.wording import trimmed
from accord.foundation.language import readers_language
from accord.goals.models import AssessmentModel, AssessmentModelVersion, RecommendedKpi
from accord.goals.queries.assessment_models import authors_in, metrics_in, metrics_known_to, names_of, raw_items
from accord.goals.queries.model_words import designer_words, methods_offered, new_dimension
from accord.goals.services.assessment_models.kind import body_faults
from accord.metrics.models import Metric
from accord.workflow.models import DefinitionVersion, Flow, Form
from accord.workflow.queries.designers import designer_page

MOST_FOUND = 24
_ADDRESSES = ("save", "check", "metrics", "even")


def model_page(version: AssessmentModelVersion) -> dict[str, Any]:
    """The JSON the designer starts from."""
    addresses = {name: reverse(f"goals:model_designer_{name}", args=[version.pk]) for name in _ADDRESSES}
    page = designer_page(version, addresses=addresses, answer=verdict_on(version.body), words=designer_words())
    recommended = recommended_for(version.assessment_model)
    chosen = Metric.objects.filter(pk__in=metrics_in(version.body))
    return page | {
        "recommended": recommended,
        "library": choices_of(metric_choices("")),
        "metrics": {each["id"]: each for each in (*choices_of(chosen), *recommended)},
        "methods": methods_offered(),
        "authors": authors_in(version.body),
        "new_dimension": new_dimension(),
        "reader": readers_language()[:2],
    }


def verdict_on(body: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be mended, each with its place, and the curve of every item that has one."""
    language = readers_language()
    problems = [
        {"place": each.place, "sentence": each.sentence(language), "named": each.explain(language)}
        for each in body_faults(body)
    ]
    return {"problems": problems, "curves": curves_of(body)}


def curves_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """The curve of each item that can be scored, by the key of its metric; one statement for all of them."""
    known, decimals = metrics_known_to(body), _decimals(metrics_in(body))
    # A curve does not ask for the weight, which may still be missing.
    whole = {"weight": "1", "weight_min": None, "weight_max": None}
    drawn = ((raw.get("metric"), read_item({**raw, **whole})) for raw in raw_items(body))
    curves = ((key, _curve(item, known[key], decimals[key])) for key, item in drawn if item and key in known)
    return {str(key): found for key, found in curves if found}


def _curve(item: Item, metric: KnownMetric, decimals: int) -> dict[str, Any] | None:
    try:
        found = curve(item, metric.direction, decimals)
    except ScoringError:
        return None
    return curve_as_json(item, found)


def curve_as_json(item: Item, found: Curve) -> dict[str, Any]:
    """A curve as the chart draws it; numbers of a picture, not of record."""
    levels = {"target": item.target, "threshold": item.threshold, "stretch": item.stretch}
    return {
        "points": [[float(actual), None if score is None else float(score)] for actual, score in found.points],
        "levels": [{"name": name, "at": float(level)} for name, level in levels.items() if level is not None],
    }


def evened_weights(body: Mapping[str, Any]) -> dict[str, str] | None:
    """Weights by key of the metric that sum to exactly 1 within their ranges; None where the ranges leave no way."""
    items = list(raw_items(body))
    numbers = [[number_in(item.get(name)) for name in ("weight", "weight_min", "weight_max")] for item in items]
    evened = even_out([Share(weight or Decimal(), least, most) for weight, least, most in numbers])
    if evened is None:
        return None
    return {str(item.get("metric")): trimmed(weight) for item, weight in zip(items, evened, strict=True)}


def differences_in_words(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """What `theirs` says otherwise than `mine`, a sentence each."""
    names = names_of(metrics_in(mine) | metrics_in(theirs))
    try:
        found = differences(read_model(mine), read_model(theirs), names, authors_in(mine, theirs))
    except ModelError:
        return [] if mine == theirs else [_("They differ; in words only once everything is mended.")]
    return [difference.explain(readers_language()) for difference in found]


def metric_choices(search: str) -> QuerySet[Metric]:
    """Metrics in use whose name contains `search`, as many as one looks through."""
    found = Metric.objects.filter(is_active=True)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(name_en__icontains=search))
    return found.order_by("name", "pk")[:MOST_FOUND]


def choices_of(metrics: QuerySet[Metric]) -> list[dict[str, Any]]:
    """Metrics as the palette and the cards show them."""
    return [_choice(metric) for metric in metrics]


def recommended_for(model: AssessmentModel) -> list[dict[str, Any]]:
    """What the position map recommends to the positions of a model, with the reason and the usual levels."""
    kpis = RecommendedKpi.objects.filter(core_output__position__in=model.positions.all(), metric__is_active=True)
    found: dict[int, dict[str, Any]] = {}
    for kpi in kpis.select_related("metric").order_by("core_output__order", "order", "pk"):
        usual = {"target": kpi.target, "threshold": kpi.threshold}
        said = {name: None if level is None else trimmed(level) for name, level in usual.items()}
        reason = kpi.reason_en if readers_language() == "en" and kpi.reason_en else kpi.reason
        found.setdefault(kpi.metric_id, _choice(kpi.metric) | said | {"reason": reason, "why": kpi.reason})
    return list(found.values())


@dataclass(frozen=True)
class Named:
    """A form or flow one may choose, by code."""

    code: str
    name: str


def forms_and_flows() -> tuple[Sequence[Named], Sequence[Named]]:
    """The published forms, and the published flows."""
    published = {"versions__state": DefinitionVersion.State.PUBLISHED}
    english = readers_language() == "en"

    def named(found: QuerySet[Any]) -> list[Named]:
        rows = found.filter(**published).distinct().order_by("name")
        return [Named(row.code, row.name_en if english and row.name_en else row.name) for row in rows]

    return named(Form._default_manager.all()), named(Flow._default_manager.all())


def missing_choices() -> list[tuple[str, str]]:
    """What may become of the total while a score is missing."""
    return [(code, name.say(readers_language())) for code, name in MISSING.items()]


def _choice(metric: Metric) -> dict[str, Any]:
    english = readers_language() == "en" and metric.name_en
    facts = (metric.unit, metric.get_frequency_display(), metric.get_direction_display())
    return {
        "id": metric.pk,
        "name": metric.name_en if english else metric.name,
        "unit": metric.unit,
        "decimals": metric.decimals,
        "note": " · ".join(str(fact) for fact in facts if fact),
        "source": metric.source,
    }


def _decimals(metrics: set[int]) -> dict[int, int]:
    return dict(Metric.objects.filter(pk__in=metrics).values_list("pk", "decimals"))
