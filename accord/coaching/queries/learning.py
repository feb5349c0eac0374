"""Reads of the library and of what somebody learns from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accord.coaching.models import (
    Competency,
    CompetencyAssessment,
    LearningRecommendation,
    LearningRecord,
    LearningResource,
)
from accord.coaching.queries.learning_quality import Quality, quality_of
from accord.coaching.queries.learning_words import reason_in_words
from accord.coaching.queries.recommending import why, wishes_of
from accord.coaching.queries.sources import Link, links_of
from accord.foundation.models import User
from accord.people.models import Employee

State = LearningRecommendation.State
_LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Chosen:
    """What was chosen for somebody in one competency."""

    competency: Competency
    resources: Sequence[tuple[LearningRecommendation, str]]
    gap: int
    source: Link | None
    """The feedback or the plan it follows from; an assessment stands on the page of competencies."""


@dataclass(frozen=True)
class Shelf:
    """One person's learning: chosen for them, begun, finished."""

    chosen: Sequence[Chosen]
    begun: Sequence[LearningRecord]
    finished: QuerySet[LearningRecord]


def shelf_of(person: Employee) -> Shelf:
    """Everything on somebody's learning page, in a few statements."""
    records = LearningRecord.objects.filter(employee=person).select_related("resource__competency")
    return Shelf(
        chosen=_chosen(person),
        begun=list(records.filter(finished_at=None).order_by("-opened_at")[:50]),
        finished=records.exclude(finished_at=None).order_by("-finished_at", "-id"),
    )


def open_recommendations(person: Employee) -> QuerySet[LearningRecommendation]:
    """What was recommended and is not answered yet."""
    rows = LearningRecommendation.objects.filter(employee=person, state=State.OPEN, resource__is_retired=False)
    return rows.select_related("resource", "competency").order_by("id")


def recommended_lately(person: Employee) -> int:
    """How many were recommended within the last week and are not answered yet."""
    return open_recommendations(person).filter(made_at__gte=timezone.now() - _LATELY).count()


def _chosen(person: Employee) -> list[Chosen]:
    rows = list(open_recommendations(person))
    quality = quality_of([each.resource_id for each in rows])
    by_competency: dict[int, list[LearningRecommendation]] = {}
    for each in rows:
        by_competency.setdefault(each.competency_id, []).append(each)
    wishes, links = wishes_of(person, by_competency), links_of({each.source for each in rows})
    chosen = [
        Chosen(
            group[0].competency,
            [(each, reason_in_words(why(each.resource, wishes[key], quality[each.resource_id]))) for each in group],
            wishes[key].gap,
            links.get(group[-1].source),
        )
        for key, group in by_competency.items()
    ]
    return sorted(chosen, key=lambda each: -each.gap)


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the library."""

    words: str = ""
    competency: int | None = None
    kind: str = ""
    language: str = ""
    is_retired: bool = False


def library(sought: Sought) -> QuerySet[LearningResource]:
    """The resources that fit, by competency and level."""
    found = LearningResource.objects.filter(is_retired=sought.is_retired).select_related("competency")
    if sought.words:
        words = sought.words
        found = found.filter(Q(title__icontains=words) | Q(summary__icontains=words) | Q(author__icontains=words))
    if sought.competency:
        found = found.filter(competency=sought.competency)
    if sought.kind:
        found = found.filter(kind=sought.kind)
    if sought.language:
        found = found.filter(language__in=[sought.language, LearningResource.Language.BOTH])
    return found.order_by("competency__place", "competency_id", F("level").asc(nulls_last=True), "id")


@dataclass(frozen=True)
class Lying:
    """A resource as it lies in the library, with its quality and what the reader did with it."""

    resource: LearningResource
    quality: Quality
    mine: LearningRecord | None


def laid_out(resources: Sequence[LearningResource], person: Employee) -> list[Lying]:
    """A page of the library for one reader; two statements."""
    keys = [each.pk for each in resources]
    quality, mine = quality_of(keys), LearningRecord.objects.filter(employee=person, resource__in=keys)
    by_resource = {each.resource_id: each for each in mine}
    return [Lying(each, quality[each.pk], by_resource.get(each.pk)) for each in resources]


def resources_about(competency: Competency) -> QuerySet[LearningResource]:
    """What there is to learn from in one competency."""
    return library(Sought(competency=competency.pk))


def own_data(user: User) -> dict[str, list[dict[str, Any]]]:
    """What a person learns from, what was recommended to them, and how their competencies were assessed."""
    records = LearningRecord.objects.filter(employee__user=user).select_related("resource").order_by("id")
    told = LearningRecommendation.objects.filter(employee__user=user).select_related("resource", "competency")
    levels = CompetencyAssessment.objects.filter(employee__user=user).select_related("competency", "made_by")
    return {
        "learnt_from": [
            {
                "resource": each.resource.title,
                "opened_at": each.opened_at,
                "finished_at": each.finished_at,
                "helped": each.helped,
                "stars": each.stars,
            }
            for each in records
        ],
        "recommended": [
            {
                "resource": each.resource.title,
                "competency": each.competency.name,
                "state": each.state,
                "made_at": each.made_at,
            }
            for each in told.order_by("id")
        ],
        "competencies": [
            {
                "competency": each.competency.name,
                "side": each.side,
                "level": each.level,
                "example": each.example,
                "made_at": each.made_at,
            }
            for each in levels.order_by("id")
        ],
    }
