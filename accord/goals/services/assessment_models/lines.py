"""The lines of an agreement as an assessment model begins them."""

from __future__ import annotations

from accord.domain.assessment_model import Item, read_model
from accord.goals.models import AssessmentModelVersion, KeyResult
from accord.goals.services.agreements.drafts import LineDraft
from accord.people.models import Employee


def lines_of(version: AssessmentModelVersion) -> list[LineDraft]:
    """What the agreement of somebody assessed by `version` begins with. Raises ModelError for a faulty draft.

    Authors who are gone and key results that no longer exist are left out; the KPI stays.
    """
    model = read_model(version.body)
    items = list(model.items())
    authors = dict(
        Employee.objects.filter(employee_no__in=[item.author for item in items if item.author]).values_list(
            "employee_no", "pk"
        )
    )
    results = set(
        KeyResult.objects.filter(pk__in=[item.key_result for item in items if item.key_result]).values_list(
            "pk", flat=True
        )
    )
    return [
        _line(item, dimension.name.zh, authors, results) for dimension in model.dimensions for item in dimension.items
    ]


def _line(item: Item, dimension: str, authors: dict[str, int], results: set[int]) -> LineDraft:
    return LineDraft(
        metric_id=item.metric,
        weight=item.weight,
        target=item.target,
        dimension=dimension,
        weight_min=item.weight_min,
        weight_max=item.weight_max,
        method=item.method,
        params=dict(item.params),
        target_min=item.target_min,
        target_max=item.target_max,
        threshold=item.threshold,
        stretch=item.stretch,
        why=item.why,
        credited_id=authors.get(item.author or ""),
        key_result_id=item.key_result if item.key_result in results else None,
    )
