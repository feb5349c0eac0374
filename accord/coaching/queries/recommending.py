"""The best resources for a competency of a person, with the reason for each. Reads only; nothing is recommended yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from accord.coaching.models import Competency, LearningRecommendation, LearningRecord, LearningResource
from accord.coaching.queries.competencies import Side, expected_of, newest_of
from accord.coaching.queries.learning_quality import Quality, fared
from accord.coaching.queries.learning_words import reason_in_words
from accord.domain.recommendation import Candidate, Seen, Wish, best, reach_of, usual
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


def picks_of(
    competencies: Collection[Competency], person: Employee, known: Collection[int], most: int
) -> dict[int, list[Pick]]:
    """The best that are not `known` for each of `competencies`, in a few statements, however many."""
    wishes = wishes_of(person, [each.pk for each in competencies])
    resources = list(LearningResource.objects.filter(competency__in=wishes, is_retired=False).order_by("id"))
    told = fared([each.pk for each in resources])
    seen = {key: each for key, (_, each) in told.items() if each is not None}
    picks = {}
    for key, wish in wishes.items():
        by_key = {each.pk: each for each in resources if each.competency_id == key}
        rates = usual(seen[each] for each in by_key if each in seen)
        chosen = best([_candidate(each, seen) for each in by_key.values()], wish, known, most, rates)
        picks[key] = [Pick(by_key[one.key], why(by_key[one.key], wish, told[one.key][0])) for one in chosen]
    return picks


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


def why(resource: LearningResource, wish: Wish, quality: Quality) -> dict[str, Any]:
    """Why a resource is for somebody, as codes and numbers; what others thought of it only where enough have said."""
    told = {
        "reach": reach_of(resource.level, wish),
        "now": wish.now,
        "goal": wish.goal,
        "level": resource.level,
        "readers": quality.answered if quality.is_telling else None,
        "helped": quality.helped if quality.is_telling else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def wishes_of(person: Employee, competencies: Collection[int]) -> dict[int, Wish]:
    """Where a person stands and should be in each of `competencies`; three statements, however many."""
    newest, expected = newest_of([person.pk]), expected_of(person, competencies)
    wishes = {}
    for key in competencies:
        said = newest.get((person.pk, key, Side.MANAGER)) or newest.get((person.pk, key, Side.SELF))
        wishes[key] = Wish(said.level if said else None, expected.get(key), _language_of(person))
    return wishes
