"""The KPIs that a key result is broken into: what somebody in a position does for it, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from accord.foundation.services.events import record
from accord.goals.errors.objectives import KeyResultGone, SameKpiTwice
from accord.goals.models import KeyResult, KeyResultKpi
from accord.goals.services.objectives.claiming import claim
from accord.people.models import Employee


@dataclass(frozen=True)
class KpiDraft:
    """Which metric, of which position (of any for None), at which level."""

    metric_id: int
    position_id: int | None = None
    target: Decimal | None = None


@transaction.atomic
def break_down(result: KeyResult, edition: int, drafts: Sequence[KpiDraft], actor: Employee) -> int:
    """Set the KPIs of a key result as a whole. Returns the new edition of its objective."""
    if len({(draft.metric_id, draft.position_id) for draft in drafts}) < len(drafts):
        raise SameKpiTwice(title=result.title)
    edition = claim(result.objective, edition)
    if not KeyResult.objects.filter(pk=result.pk).exists():
        raise KeyResultGone(title=result.objective.title)
    KeyResultKpi.objects.filter(key_result=result).delete()
    KeyResultKpi.objects.bulk_create(
        KeyResultKpi(key_result=result, metric_id=draft.metric_id, position_id=draft.position_id, target=draft.target)
        for draft in drafts
    )
    record(
        "key_result.broken_down",
        subject=f"objectives:{result.objective_id}",
        actor=actor.user,
        key_result_id=result.pk,
        kpis=[[draft.metric_id, draft.position_id] for draft in drafts],
    )
    return edition
