"""The competency framework and the library that the product ships, put into an organisation that has none."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accord.coaching.models import Competency, CompetencyExpectation, CompetencyLevel, LearningResource
from accord.coaching.shipped import shipped_competencies, shipped_resources
from accord.people.models import PositionFamily

EVERYBODY, MANAGERS = "all", "managers"


@transaction.atomic
def install_shipped_learning() -> None:
    """Create the shipped competencies and resources; a company that has a framework keeps its own."""
    if Competency.objects.exists():
        return
    entries = shipped_competencies()
    made = Competency.objects.bulk_create(_competency(entry, place) for place, entry in enumerate(entries, 1))
    by_code = {each.code: each for each in made}
    CompetencyLevel.objects.bulk_create(
        CompetencyLevel(competency=by_code[entry["code"]], level=level, behaviour=words, behaviour_en=words_en)
        for entry in entries
        for level, (words, words_en) in enumerate(entry["levels"], 1)
    )
    families = {family.code: family for family in PositionFamily.objects.all()}
    CompetencyExpectation.objects.bulk_create(
        expectation for entry in entries for expectation in _expectations(by_code[entry["code"]], entry, families)
    )
    LearningResource.objects.bulk_create(_resource(entry, by_code) for entry in shipped_resources())


def _competency(entry: dict[str, Any], place: int) -> Competency:
    words = {"name": entry["name"], "name_en": entry["en"]}
    return Competency(
        code=entry["code"], place=place * 10, summary=entry["summary"], summary_en=entry["summary_en"], **words
    )


def _expectations(
    competency: Competency, entry: dict[str, Any], families: dict[str, PositionFamily]
) -> list[CompetencyExpectation]:
    """A company with a map of its own may lack a family; what is expected of everybody holds there."""
    return [
        CompetencyExpectation(
            competency=competency, family=families.get(whose), is_of_managers=whose == MANAGERS, level=level
        )
        for whose, level in entry["expected"].items()
        if whose in (EVERYBODY, MANAGERS) or whose in families
    ]


def _resource(entry: dict[str, Any], by_code: dict[str, Competency]) -> LearningResource:
    return LearningResource(
        title=entry["title"],
        kind=entry["kind"],
        competency=by_code[entry["competency"]],
        level=entry.get("level"),
        minutes=entry["minutes"],
        language=entry.get("language", "zh"),
        author=entry.get("author", ""),
        summary=entry.get("summary", ""),
        text=entry.get("text", "").strip(),
    )
