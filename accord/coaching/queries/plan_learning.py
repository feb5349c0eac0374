"""What the library offers to the focus areas of a plan, and how far somebody is with what was picked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accord.coaching.models import (
    Competency,
    DevelopmentPlan,
    FocusArea,
    LearningRecommendation,
    LearningRecord,
    LearningResource,
)
from accord.coaching.queries.competencies import named_among, stands_of
from accord.coaching.queries.learning_quality import quality_of
from accord.coaching.queries.learning_words import reason_in_words
from accord.coaching.queries.recommending import Pick, picks_of, why, wishes_of
from accord.people.models import Employee

MOST_EACH, MOST_GROUPS = 3, 4


@dataclass(frozen=True)
class Offer:
    """The best few of the library for one competency."""

    competency: Competency
    picks: Sequence[Pick]
    gap: int


def offers_to(person: Employee, by: Employee) -> list[Offer]:
    """What `by` may pick for `person`, the widest gap first.

    What the person finished or declined is theirs alone: it is left out only where they look themselves.
    """
    stands, known = stands_of(person), _done_with(person) if by.pk == person.pk else ()
    picks = picks_of([stand.competency for stand in stands], person, known, MOST_EACH)
    offers = [Offer(stand.competency, picks[stand.competency.pk], stand.gap) for stand in stands]
    return [offer for offer in offers if offer.picks]


def fitting(offers: Iterable[Offer], *texts: str) -> list[Offer]:
    """The offers for a focus area: for the competencies that its words name before the others, no more than a few."""
    offers = list(offers)
    named = named_among([offer.competency for offer in offers], *texts)
    return sorted(offers, key=lambda offer: offer.competency not in named)[:MOST_GROUPS]


def proposal_for(person: Employee, by: Employee, *texts: str) -> LearningResource | None:
    """What to begin with: the best for a competency that is named; where nothing is said yet, for the widest gap."""
    offers = offers_to(person, by)
    named = named_among([offer.competency for offer in offers], *texts)
    fit = [offer for offer in offers if (offer.competency in named if any(texts) else offer.gap)]
    return fit[0].picks[0].resource if fit else None


@dataclass(frozen=True)
class Picked:
    """The library's resource of a focus area: why it was picked, and how far the person is with it."""

    resource: LearningResource
    reason: str
    record: LearningRecord | None


def picked_in(focus_areas: Sequence[FocusArea], person: Employee, shared: Iterable[int]) -> Mapping[int, Picked]:
    """By focus area. How far the person is stands only with the resources that are `shared` with the reader."""
    keys = [focus.learning_id for focus in focus_areas if focus.learning_id]
    resources = {each.pk: each for each in LearningResource.objects.filter(pk__in=keys).select_related("competency")}
    if not resources:
        return {}
    records = LearningRecord.objects.filter(employee=person, resource__in=set(keys) & set(shared))
    mine, quality = {each.resource_id: each for each in records}, quality_of(list(resources))
    wishes = wishes_of(person, {each.competency_id for each in resources.values()})
    told = {
        key: Picked(each, reason_in_words(why(each, wishes[each.competency_id], quality[key])), mine.get(key))
        for key, each in resources.items()
    }
    return {focus.pk: told[focus.learning_id] for focus in focus_areas if focus.learning_id}


def is_in_plan(person: Employee, resource: int) -> bool:
    """Whether a resource stands in a plan of somebody's, so that their line manager sees how far they are."""
    standing = FocusArea.objects.filter(learning=resource, removed_at=None, plan__employee=person)
    return standing.exclude(plan__state=DevelopmentPlan.State.DRAFT).exists()


def _done_with(person: Employee) -> set[int]:
    finished = LearningRecord.objects.filter(employee=person).exclude(finished_at=None)
    declined = LearningRecommendation.objects.filter(employee=person, state=LearningRecommendation.State.DECLINED)
    return {*finished.values_list("resource", flat=True), *declined.values_list("resource", flat=True)}
