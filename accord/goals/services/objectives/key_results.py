"""The key results of an objective, set as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from accord.domain.objectives import ONE, ZERO, Kind
from accord.domain.wording import trimmed
from accord.goals.errors.objectives import (
    KeyResultGone,
    KeyResultHasCheckIns,
    KeyResultLeadsNowhere,
    WeightsNotOne,
)
from accord.goals.models import KeyResult, Objective
from accord.goals.queries.check_ins import reported_on
from accord.goals.services.objectives.claiming import claim, tell
from accord.goals.services.objectives.following import follow_values
from accord.metrics.models import Metric
from accord.people.models import Employee


@dataclass(frozen=True)
class KeyResultDraft:
    """One key result as it should be; without `pk` it is new. A milestone goes from 0 to 1, whatever is given."""

    title: str
    target: Decimal
    weight: Decimal
    kind: str = Kind.INCREASE
    start: Decimal = ZERO
    metric: Metric | None = None
    unit: str = ""
    owner: Employee | None = None
    pk: int | None = None


@transaction.atomic
def set_key_results(objective: Objective, edition: int, drafts: Sequence[KeyResultDraft], actor: Employee) -> int:
    """Bring the key results of an objective to `drafts`, in their order. Returns the new edition.

    Weights must sum to exactly 1; an objective may also have none yet. One that was checked in on stays: it may only
    lose its weight.
    """
    for draft in drafts:
        if not Kind(draft.kind).leads(draft.start, draft.target):
            raise KeyResultLeadsNowhere(title=draft.title)
    total = sum((draft.weight for draft in drafts), ZERO)
    if drafts and total != ONE:
        raise WeightsNotOne(percent=trimmed(total * 100))
    edition = claim(objective, edition)
    _take_out(objective, {draft.pk for draft in drafts})
    for order, draft in enumerate(drafts):
        _set(objective, order, draft)
    follow_values(KeyResult.objects.filter(objective=objective))
    tell("key_results_set", objective, actor, results=len(drafts))
    return edition


def _take_out(objective: Objective, kept: set[int | None]) -> None:
    known = set(KeyResult.objects.filter(objective=objective).values_list("pk", flat=True))
    if not {pk for pk in kept if pk is not None} <= known:
        raise KeyResultGone(title=objective.title)
    gone = KeyResult.objects.filter(pk__in=known - kept)
    if reported := reported_on(gone):
        raise KeyResultHasCheckIns(title=reported.title)
    gone.delete()


def _set(objective: Objective, order: int, draft: KeyResultDraft) -> None:
    is_milestone = draft.kind == Kind.MILESTONE
    values: dict[str, object] = {
        "title": draft.title,
        "kind": draft.kind,
        "metric": None if is_milestone else draft.metric,
        "unit": draft.metric.unit if draft.metric else draft.unit,
        "start": ZERO if is_milestone else draft.start,
        "target": ONE if is_milestone else draft.target,
        "weight": draft.weight,
        "owner": draft.owner,
        "order": order,
    }
    if draft.pk is None:
        KeyResult.objects.create(objective=objective, **values)
    else:
        KeyResult.objects.filter(pk=draft.pk).update(**values)
