"""Keeping the learning library. A second click of the same person finds what the first one did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from accord.coaching.errors.learning import ResourceChanged, ResourceTaken
from accord.coaching.models import LearningResource
from accord.foundation.models import User
from accord.foundation.queries.events import is_newest_by
from accord.foundation.services.events import record


@transaction.atomic
def add_resource(words: Mapping[str, Any], by: User | None) -> LearningResource:
    """Put a resource into the library. Raises ResourceTaken where its title or course is in use."""
    try:
        with transaction.atomic():
            made = LearningResource.objects.create(made_by=by, **words)
    except IntegrityError as error:
        first = LearningResource.objects.filter(made_by=by, **words).first()
        if first is None:
            raise ResourceTaken from error
        return first
    _record(made, by, ["all"])
    return made


@transaction.atomic
def change_resource(resource: LearningResource, words: Mapping[str, Any], edition: int, by: User) -> None:
    """Write it anew as seen in `edition`; what people did with it stays. Raises ResourceChanged."""
    if _claim(resource, edition, by, words):
        _record(resource, by, sorted(name for name, value in words.items() if getattr(resource, name) != value))


@transaction.atomic
def retire_resource(resource: LearningResource, edition: int, by: User, *, is_retired: bool = True) -> None:
    """Offer it no more, or again; whoever learnt from it keeps it on their list. Raises ResourceChanged."""
    if _claim(resource, edition, by, {"is_retired": is_retired}):
        _record(resource, by, ["is_retired"])


def _claim(resource: LearningResource, edition: int, by: User, values: Mapping[str, Any]) -> bool:
    """Compare-and-set on the edition its author saw; false where they have just done the same."""
    now = LearningResource.objects.filter(pk=resource.pk)
    if now.filter(edition=edition).update(edition=F("edition") + 1, **values):
        return True
    is_same = now.filter(edition=edition + 1, **values).exists()
    if is_same and is_newest_by(by, "learning_resource.changed", _subject(resource)):
        return False
    raise ResourceChanged(title=resource.title)


def _record(resource: LearningResource, by: User | None, changed: list[str]) -> None:
    record("learning_resource.changed", subject=_subject(resource), actor=by, resource_id=resource.pk, changed=changed)


def _subject(resource: LearningResource) -> str:
    return f"learning_resources:{resource.pk}"
