"""Assessment models in every state, made through the product's own commands."""

from __future__ import annotations

from typing import Any

from accord.goals.models import AssessmentModel, AssessmentModelVersion
from accord.metrics.models import Metric
from accord.people.models import Employee, Position
from accord.workflow.services.versions import create_definition, publish, save_draft


def metric(name: str, **more: object) -> Metric:
    """A weekly metric of the library, higher is better and summed unless said otherwise."""
    return Metric.objects.get_or_create(name=name, defaults={"unit": "万元", **more})[0]


def item(of: Metric, weight: str = "1", target: str = "24", **more: Any) -> dict[str, Any]:
    """One item as it is stored."""
    return {"metric": of.pk, "weight": weight, "target": target, **more}


def body(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A model of one dimension."""
    dimension = {"key": "result", "name": {"zh": "业绩结果", "en": "Results"}, "items": list(items)}
    return {"v": 1, "dimensions": [dimension], **more}


def two_items() -> dict[str, Any]:
    """60 % contract value, 40 % collection rate."""
    return body(item(metric("签约额"), "0.6"), item(metric("回款率", unit="%", aggregation="mean"), "0.4", "88"))


def model(maker: Employee, said: dict[str, Any] | None = None, position: str = "销售代表") -> AssessmentModel:
    """A model with a draft that says `said`."""
    made = create_definition("model", f"{position}考核模型", maker)
    found = AssessmentModel.objects.get(pk=made.pk)
    found.positions.add(Position.objects.get(name=position))
    save_draft(draft(found), two_items() if said is None else said, 0, maker)
    return found


def draft(of: AssessmentModel) -> AssessmentModelVersion:
    """The version being worked on."""
    return AssessmentModelVersion.objects.get(assessment_model=of, state__in=AssessmentModelVersion.UNFINISHED)


def published(
    maker: Employee, said: dict[str, Any] | None = None, position: str = "销售代表"
) -> AssessmentModelVersion:
    """A version in use."""
    version = draft(model(maker, said, position))
    publish(version, maker)
    return AssessmentModelVersion.objects.get(pk=version.pk)
