"""Which competencies a feedback or a plan is about: those whose names it says."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accord.coaching.models import Competency, CompetencyTag
from accord.coaching.queries.competencies import named_among
from accord.people.models import Employee


@transaction.atomic
def tag(source: str, employee: Employee, competencies: Iterable[Competency]) -> None:
    """Say that `source` (`<table>:<id>`) is about these competencies of `employee`, and no others."""
    wanted = {competency.pk for competency in competencies}
    CompetencyTag.objects.filter(source=source).exclude(competency__in=wanted).delete()
    CompetencyTag.objects.bulk_create(
        (CompetencyTag(source=source, employee=employee, competency_id=pk) for pk in sorted(wanted)),
        ignore_conflicts=True,
    )


def named_in(*texts: str) -> list[Competency]:
    """The competencies in use that are named in one of `texts`."""
    return named_among(Competency.objects.filter(is_retired=False), *texts)
