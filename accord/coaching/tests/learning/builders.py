"""Competencies, resources and what people made of them, in few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from accord.coaching.models import (
    Competency,
    CompetencyAssessment,
    CompetencyExpectation,
    CompetencyLevel,
    LearningRecord,
    LearningResource,
)
from accord.people.models import Employee
from tests.cast import employee, org_unit


def competency(name: str = "时间管理", expected: int | None = 3, levels: int = 4) -> Competency:
    """A competency of which everybody is expected to reach a level."""
    made = Competency.objects.create(code=f"c{Competency.objects.count()}", name=name, summary="分清轻重")
    CompetencyLevel.objects.bulk_create(
        CompetencyLevel(competency=made, level=level, behaviour=f"{name}第 {level} 级")
        for level in range(1, levels + 1)
    )
    if expected:
        CompetencyExpectation.objects.create(competency=made, level=expected)
    return made


def resource(about: Competency, title: str = "一周三件事", **more: Any) -> LearningResource:
    told: dict[str, Any] = {"kind": "guide", "minutes": 8, "level": 2, "text": "先做要紧的。"} | more
    return LearningResource.objects.create(title=title, competency=about, **told)


def assessed(person: Employee, about: Competency, level: int, by: Employee | None = None) -> CompetencyAssessment:
    """As they see themselves, or as `by` does."""
    side = CompetencyAssessment.Side.MANAGER if by else CompetencyAssessment.Side.SELF
    return CompetencyAssessment.objects.create(
        employee=person, competency=about, level=level, side=side, made_by=by or person
    )


def readers(of: LearningResource, helped: Iterable[int | None]) -> None:
    """People of another unit who began it; None has not finished."""
    unit = org_unit("别处")
    for place, each in enumerate(helped):
        reader = employee(f"R{of.pk}-{place}", "读者", unit)
        finished = None if each is None else timezone.now()
        LearningRecord.objects.create(
            employee=reader, resource=of, opened_at=timezone.now(), finished_at=finished, helped=each
        )
