"""What a person may take along of redesigns and of the fit check."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accord.domain.redesign import Step
from accord.foundation.models import User
from accord.goals.models import FitOverride
from accord.goals.queries.redesigns import redesigns_in_full
from accord.people.models import Employee


def own_redesigns(user: User) -> list[dict[str, Any]]:
    """The redesigns a person took part in, with the steps whose last words were theirs."""
    mine = redesigns_in_full().filter(Q(holder__user=user) | Q(lead__user=user)).order_by("id")
    me = set(Employee.objects.filter(user=user).values_list("pk", flat=True))
    return [
        {
            "position": row.position.name,
            "holder": row.holder.name,
            "lead": row.lead.name,
            "state": row.state,
            "started_at": row.started_at,
            "written": {
                step.value: row.steps[step.value]["answers"]
                for step in Step
                if row.steps.get(step.value, {}).get("by") in me
            },
        }
        for row in mine
    ]


def own_fit_words(user: User) -> list[dict[str, Any]]:
    """The reasons a person gave for letting a warning of the fit check stand."""
    said = FitOverride.objects.filter(made_by__user=user).select_related("metric", "agreement__employee")
    return [
        {
            "agreement_of": each.agreement.employee.name,
            "warning": each.code,
            "metric": each.metric.name if each.metric else None,
            "word": each.word,
            "made_at": each.made_at,
        }
        for each in said.order_by("id")
    ]
