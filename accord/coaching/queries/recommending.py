"""The best resources for a competency of a person, with the reason for each. Reads only; nothing is recommended yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accord.coaching.models import Competency, LearningRecommendation, LearningRecord, LearningResource
from accord.coaching.queries.competencies import stand_in
from accord.coaching.queries.learning_quality import seen_of
from accord.coaching.queries.learning_words import reason_in_words
from accord.domain.recommendation import Candidate, Choice, Seen, Wish, best, usual
from accord.people.models import Employee

_LANGUAGES = {"zh": frozenset({"zh"}), "en": frozenset({"en"}), "both": frozenset[str]()}


@dataclass(frozen=True)
class Pick:
    """A resource and why it was picked, as codes and numbers; `sentence` says it in the reader's language."""

    resource: LearningResource
    reason: dict[str, Any]

    @property
    def sentence(self) -> str:
        return reason_in_words(self.reason)


def resources_for(competency: Competency, person: Employee, most: int = 3) -> list[Pick]:
    """The best resources for `person` to grow in `competency`: none they know, declined, or were recommended before."""
    now, goal = stand_in(competency, person)
    resources = list(LearningResource.objects.filter(competency=competency, is_retired=False).order_by("id"))
    seen = seen_of([each.pk for each in resources])
    candidates = [_candidate(each, seen) for each in resources]
    wish = Wish(now, goal, _language_of(person))
    by_key: Mapping[int, LearningResource] = {each.pk: each for each in resources}
    chosen = best(candidates, wish, known_to(person), most, usual(seen.values()))
    return [Pick(by_key[choice.key], _reason(choice, by_key[choice.key], wish)) for choice in chosen]


def known_to(person: Employee) -> set[int]:
    """The resources that a person began, or that were recommended to them once, whatever became of it."""
    begun = LearningRecord.objects.filter(employee=person).values_list("resource", flat=True)
    told = LearningRecommendation.objects.filter(employee=person).values_list("resource", flat=True)
    return {*begun, *told}


def _candidate(resource: LearningResource, seen: Mapping[int, Seen]) -> Candidate:
    languages = _LANGUAGES[resource.language]
    return Candidate(
        resource.pk, resource.level, resource.minutes, languages, resource.kind, seen.get(resource.pk, Seen())
    )


def _language_of(person: Employee) -> str:
    return "en" if person.user and person.user.language == "en" else "zh"


def _reason(choice: Choice, resource: LearningResource, wish: Wish) -> dict[str, Any]:
    told = {
        "reach": choice.reach,
        "now": wish.now,
        "goal": wish.goal,
        "level": resource.level,
        "readers": choice.readers,
        "helped": choice.helped,
    }
    return {name: value for name, value in told.items() if value is not None}
