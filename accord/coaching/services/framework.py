"""Changing the competency framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from accord.coaching.errors.competencies import CompetencyChanged, CompetencyTaken
from accord.coaching.models import Competency, CompetencyExpectation, CompetencyLevel
from accord.coaching.queries.competencies import was_just_changed
from accord.foundation.models import User
from accord.foundation.services.events import record

Whose = int | str
"""The key of a position family, or EVERYBODY or MANAGERS."""

EVERYBODY, MANAGERS = "all", "managers"


@dataclass(frozen=True)
class Wording:
    """A competency as it is written: its own words, one pair for each level from 1 on, and what is expected of whom."""

    words: Mapping[str, str]
    levels: Sequence[tuple[str, str]]
    expected: Mapping[Whose, int] = field(default_factory=dict)


@transaction.atomic
def add_competency(wording: Wording, by: User | None) -> Competency:
    """Write a new competency, last in the framework. Its short name is c1, c2 … where none is given.

    Raises CompetencyTaken where another one was added at the same moment.
    """
    after = Competency.objects.aggregate(place=Max("place"), pk=Max("pk"))
    words = {"code": f"c{(after['pk'] or 0) + 1}", **wording.words}
    try:
        with transaction.atomic():
            made = Competency.objects.create(place=min((after["place"] or 0) + 10, 30_000), **words)
    except IntegrityError as error:
        raise CompetencyTaken(name=words["name"]) from error
    _write(made, wording)
    record("competency.changed", subject=_subject(made), actor=by, competency_id=made.pk, changed=["all"])
    return made


@transaction.atomic
def change_competency(competency: Competency, wording: Wording, edition: int, by: User) -> None:
    """Write it anew as seen in `edition`. Levels that are gone stay in what was assessed. Raises CompetencyChanged."""
    _claim(competency, edition, **wording.words)
    _write(competency, wording)
    changed = [name for name, words in wording.words.items() if getattr(competency, name) != words]
    record("competency.changed", subject=_subject(competency), actor=by, competency_id=competency.pk, changed=changed)


@transaction.atomic
def retire_competency(competency: Competency, edition: int, by: User, *, is_retired: bool = True) -> None:
    """Ask about it no more, or again; a second click finds it so. Raises CompetencyChanged."""
    try:
        _claim(competency, edition, is_retired=is_retired)
    except CompetencyChanged:
        done = Competency.objects.filter(pk=competency.pk, edition=edition + 1, is_retired=is_retired)
        if done.exists() and was_just_changed(competency, by):
            return
        raise
    changed = ["is_retired"]
    record("competency.changed", subject=_subject(competency), actor=by, competency_id=competency.pk, changed=changed)


def _claim(competency: Competency, edition: int, **values: Any) -> None:
    seen = Competency.objects.filter(pk=competency.pk, edition=edition)
    if not seen.update(edition=F("edition") + 1, **values):
        raise CompetencyChanged(name=competency.name)


def _write(competency: Competency, wording: Wording) -> None:
    competency.levels.all().delete()
    CompetencyLevel.objects.bulk_create(
        CompetencyLevel(competency=competency, level=level, behaviour=words, behaviour_en=words_en)
        for level, (words, words_en) in enumerate(wording.levels, 1)
    )
    competency.expectations.all().delete()
    CompetencyExpectation.objects.bulk_create(
        CompetencyExpectation(
            competency=competency,
            family_id=whose if isinstance(whose, int) else None,
            is_of_managers=whose == MANAGERS,
            level=level,
        )
        for whose, level in wording.expected.items()
    )


def _subject(competency: Competency) -> str:
    return f"competencies:{competency.pk}"
