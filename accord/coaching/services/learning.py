"""What somebody does with a resource: begin, finish, say whether it helped, decline what was recommended.

It is theirs alone: no fact is recorded of it, and only counts leave their record.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from accord.coaching.errors.learning import RecommendationClosed, ResourceRetired
from accord.coaching.models import LearningRecommendation, LearningRecord, LearningResource
from accord.people.models import Employee

State = LearningRecommendation.State


@transaction.atomic
def begin(resource: LearningResource, person: Employee) -> None:
    """Open a resource; again is nothing new. What was recommended is taken up with it. Raises ResourceRetired."""
    if resource.is_retired and not LearningRecord.objects.filter(employee=person, resource=resource).exists():
        raise ResourceRetired(title=resource.title)
    now = timezone.now()
    LearningRecord.objects.bulk_create(
        [LearningRecord(employee=person, resource=resource, opened_at=now)], ignore_conflicts=True
    )
    _take_up(resource, person, now)


@transaction.atomic
def finish(resource: LearningResource, person: Employee, helped: int | None = None, stars: int | None = None) -> None:
    """Say that it is finished, and what it was worth; said again, the newest word counts and the first day stays."""
    begin(resource, person)
    mine = LearningRecord.objects.filter(employee=person, resource=resource)
    mine.update(finished_at=Coalesce("finished_at", timezone.now()), helped=helped, stars=stars)


@transaction.atomic
def finish_from_system(resource: LearningResource, person: Employee, at: datetime) -> bool:
    """The learning system says that it is finished; false where that was known. What they said of it stays."""
    LearningRecord.objects.bulk_create(
        [LearningRecord(employee=person, resource=resource, opened_at=at)], ignore_conflicts=True
    )
    unfinished = LearningRecord.objects.filter(employee=person, resource=resource, finished_at=None)
    _take_up(resource, person, at)
    return bool(unfinished.update(finished_at=at, is_from_system=True))


@transaction.atomic
def decline(recommendation: LearningRecommendation) -> None:
    """Not this one; it never comes again. Twice is once. Raises RecommendationClosed where it was taken up."""
    still = LearningRecommendation.objects.filter(pk=recommendation.pk, state=State.OPEN)
    if not still.update(state=State.DECLINED, closed_at=timezone.now()):
        if LearningRecommendation.objects.filter(pk=recommendation.pk, state=State.DECLINED).exists():
            return
        raise RecommendationClosed


def _take_up(resource: LearningResource, person: Employee, at: datetime) -> None:
    told = LearningRecommendation.objects.filter(employee=person, resource=resource, state=State.OPEN)
    told.update(state=State.TAKEN, closed_at=at)
