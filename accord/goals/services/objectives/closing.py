"""Close-out: what was reached, in the owner's own words and by their own score. There is no way back."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accord.goals.models import Objective
from accord.goals.services.objectives.claiming import claim, tell
from accord.people.models import Employee


@transaction.atomic
def close_objective(objective: Objective, edition: int, score: Decimal, retrospective: str, actor: Employee) -> None:
    """Close an objective with a score from 0 to 1 and a retrospective."""
    if not (0 <= score <= 1 and retrospective.strip()):
        raise ValueError("an objective is closed with a score from 0 to 1 and a retrospective")
    claim(
        objective,
        edition,
        state=Objective.State.CLOSED,
        score=score,
        retrospective=retrospective.strip(),
        closed_by=actor,
        closed_at=timezone.now(),
    )
    tell("closed", objective, actor)
