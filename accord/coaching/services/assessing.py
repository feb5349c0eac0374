"""Assessing competencies: oneself, or somebody who reports to one. Earlier assessments stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from accord.coaching.errors.competencies import LevelUnknown, NothingAssessed
from accord.coaching.models import Competency, CompetencyAssessment, CompetencyLevel
from accord.coaching.queries.competencies import newest_of
from accord.foundation.services.events import record
from accord.people.models import Employee

Side = CompetencyAssessment.Side


@dataclass(frozen=True)
class Said:
    """The level chosen, and perhaps where it showed."""

    level: int
    example: str = ""


@transaction.atomic
def assess(person: Employee, by: Employee, said: Mapping[int, Said]) -> int:
    """Keep what `by` says of `person`, by key of the competency; the count of what is new. The same again adds nothing.

    Raises NothingAssessed, LevelUnknown.
    """
    if not said:
        raise NothingAssessed
    _require_levels(said)
    # Whoever says something at the same moment waits for this write, and then finds what was said.
    Employee.objects.filter(pk=person.pk).update(status=F("status"))
    side = Side.SELF if by.pk == person.pk else Side.MANAGER
    newest = newest_of([person.pk])
    fresh = [
        CompetencyAssessment(
            employee=person, competency_id=key, side=side, level=each.level, example=each.example.strip(), made_by=by
        )
        for key, each in sorted(said.items())
        if _is_new(newest.get((person.pk, key, side)), each, by)
    ]
    CompetencyAssessment.objects.bulk_create(fresh)
    if fresh:
        keys = [each.competency_id for each in fresh]
        subject = f"employees:{person.pk}"
        record(
            "competency.assessed", subject=subject, actor=by.user, employee_id=person.pk, side=side, competencies=keys
        )
    return len(fresh)


def _is_new(before: CompetencyAssessment | None, said: Said, by: Employee) -> bool:
    """A new manager's word is new even where it is the same."""
    return before is None or (before.level, before.example, before.made_by_id) != (
        said.level,
        said.example.strip(),
        by.pk,
    )


def _require_levels(said: Mapping[int, Said]) -> None:
    levels = CompetencyLevel.objects.filter(competency__in=said, competency__is_retired=False)
    known = set(levels.values_list("competency", "level"))
    for key, each in said.items():
        if (key, each.level) not in known:
            raise LevelUnknown(name=Competency.objects.filter(pk=key).first() or key, level=each.level)
