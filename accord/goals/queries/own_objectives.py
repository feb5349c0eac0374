"""What a person may take along of objectives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from accord.foundation.models import User
from accord.goals.models import KeyResultCheckIn, Objective
from accord.goals.queries.objectives import in_full


def own_data(user: User) -> dict[str, Any]:
    """A person's objectives with their key results, and every line that they wrote on any."""
    objectives = in_full(Objective.objects.filter(employee__user=user)).order_by("cycle__starts_on", "order", "pk")
    lines = KeyResultCheckIn.objects.filter(made_by__user=user).select_related("key_result").order_by("pk")
    return {
        "objectives": [_objective(each) for each in objectives],
        "check_ins": [
            {
                "key_result": line.key_result.title,
                "value": _text(line.value),
                "confidence": line.confidence,
                "note": line.note,
                "at": line.made_at.isoformat(),
            }
            for line in lines
        ],
    }


def _objective(objective: Objective) -> dict[str, Any]:
    return {
        "cycle": objective.cycle.name,
        "title": objective.title,
        "why": objective.why,
        "state": objective.state,
        "score": _text(objective.score),
        "retrospective": objective.retrospective,
        "key_results": [
            {
                "title": result.title,
                "kind": result.kind,
                "start": _text(result.start),
                "target": _text(result.target),
                "current": _text(result.current),
                "unit": result.unit,
                "weight": _text(result.weight),
                "confidence": result.confidence,
            }
            for result in objective.key_results.all()
        ],
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
