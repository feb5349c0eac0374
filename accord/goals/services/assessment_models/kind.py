"""Assessment models as a kind of definition: the life of their versions is that of forms and flows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, Expression, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accord.domain.assessment_model import ModelError, Problem, blank_body, differences, read_model
from accord.domain.wording import Language, percent
from accord.goals.models import Agreement, AssessmentModel, AssessmentModelVersion
from accord.goals.queries.assessment_models import authors_in, metrics_in, metrics_known_to, names_of, published_models
from accord.workflow.models import FlowVersion, FormVersion
from accord.workflow.services.versions.kind import Change, Fault, Kind

_PUBLISHED = AssessmentModelVersion.State.PUBLISHED


class ModelKind(Kind[AssessmentModelVersion]):
    """Assessment models."""

    code, key, area = "model", "assessment_model", "goals"
    definitions, versions, unreadable = AssessmentModel, AssessmentModelVersion, ModelError
    archive_words = {
        "model.published": _("assessment model published"),
        "model.retired": _("assessment model retired"),
        "model.settings_changed": _("settings of an assessment model changed"),
    }

    def blank_body(self, name: str) -> dict[str, Any]:
        """One dimension that waits for its first KPI."""
        return blank_body()

    def faults(self, version: AssessmentModelVersion) -> Sequence[Fault]:
        """What is wrong with the body, and with what it names."""
        return (*body_faults(version.body), *_positions_taken(version.assessment_model))

    def parts(self, version: AssessmentModelVersion, language: Language) -> dict[str, str]:
        """The KPIs with their weights, by key of the metric."""
        model, names = read_model(version.body), names_of(metrics_in(version.body))
        return {
            str(item.metric): f"{names[item.metric].say(language)} · {percent(item.weight)}" for item in model.items()
        }

    def changes(self, old: AssessmentModelVersion, new: AssessmentModelVersion, language: Language) -> list[Change]:
        """KPI by KPI."""
        names = names_of(metrics_in(old.body) | metrics_in(new.body))
        found = differences(read_model(old.body), read_model(new.body), names, authors_in(old.body, new.body))
        return [(each.place, each.explain(language)) for each in found]

    def running(self) -> Expression:
        """Agreements that were drafted from it."""
        made = Agreement.objects.filter(model_version=OuterRef("pk")).order_by().values("model_version")
        return Coalesce(Subquery(made.annotate(many=Count("pk")).values("many")), 0)

    def listed(self, found: QuerySet[Any], published: QuerySet[Any]) -> QuerySet[Any]:
        """With the positions it is for."""
        return found.prefetch_related("positions")


def body_faults(body: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with a body: by itself, by the library, and by the forms and flows there are."""
    try:
        read_model(body, metrics_known_to(body))
    except ModelError as error:
        yield from error.problems
    for name, versions in (("form", FormVersion), ("flow", FlowVersion)):
        code = body.get(name)
        published: QuerySet[Any] = versions._default_manager.filter(state=_PUBLISHED)
        if isinstance(code, str) and code and not published.filter(**{f"{name}__code": code}).exists():
            yield Problem(f"{name}_unknown", name, {"code": code})


def _positions_taken(model: AssessmentModel) -> Iterator[Problem]:
    """Positions that another model in use is for already."""
    positions = model.positions.all()
    for position, other in (
        published_models(positions)
        .exclude(assessment_model=model)
        .values_list("assessment_model__positions__name", "assessment_model__name")
    ):
        yield Problem("position_taken", "positions", {"position": position, "model": other})


MODEL = ModelKind()
