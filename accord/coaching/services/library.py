"""Keeping the learning library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from accord.coaching.errors.learning import ResourceChanged
from accord.coaching.models import LearningResource
from accord.foundation.models import User
from accord.foundation.services.events import record


@transaction.atomic
def add_resource(words: Mapping[str, Any], by: User | None) -> LearningResource:
    """Put a resource into the library."""
    made = LearningResource.objects.create(made_by=by, **words)
    _record(made, by, ["all"])
    return made


@transaction.atomic
def change_resource(resource: LearningResource, words: Mapping[str, Any], edition: int, by: User) -> None:
    """Write it anew as seen in `edition`; what people did with it stays. Raises ResourceChanged."""
    seen = LearningResource.objects.filter(pk=resource.pk, edition=edition)
    if not seen.update(edition=F("edition") + 1, **words):
        raise ResourceChanged(title=resource.title)
    _record(resource, by, sorted(name for name, value in words.items() if getattr(resource, name) != value))


@transaction.atomic
def retire_resource(resource: LearningResource, edition: int, by: User, *, is_retired: bool = True) -> None:
    """Offer it no more, or again; whoever learnt from it keeps it on their list. Raises ResourceChanged."""
    seen = LearningResource.objects.filter(pk=resource.pk, edition=edition)
    if not seen.update(edition=F("edition") + 1, is_retired=is_retired):
        raise ResourceChanged(title=resource.title)
    _record(resource, by, ["is_retired"])


def _record(resource: LearningResource, by: User | None, changed: list[str]) -> None:
    subject = f"learning_resources:{resource.pk}"
    record("learning_resource.changed", subject=subject, actor=by, resource_id=resource.pk, changed=changed)
