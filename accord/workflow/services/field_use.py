"""Counting which fields people use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from accord.workflow.models import FieldUse, FormFill
from accord.workflow.queries.checking import offered_keys
from accord.workflow.services.merging import plain


def count_use(fill: FormFill, step: str, answers: Mapping[str, Any]) -> None:
    """Count the fields that were there to be filled in at a step, and those that were; in the caller's transaction."""
    offered = sorted(offered_keys(fill, step, answers))
    filled = [key for key in offered if plain(answers.get(key)) is not None]
    FieldUse.objects.bulk_create(
        [FieldUse(version_id=fill.version_id, field_key=key) for key in offered], ignore_conflicts=True
    )
    uses = FieldUse.objects.filter(version_id=fill.version_id)
    uses.filter(field_key__in=offered).update(offered=F("offered") + 1)
    uses.filter(field_key__in=filled).update(filled=F("filled") + 1)
