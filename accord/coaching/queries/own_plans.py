"""What a person may take along of development plans: their own whole, of those they support only their own notes."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accord.coaching.models import DevelopmentPlan, FocusArea, PlanNote
from accord.coaching.services.development_plans.wording import FocusWords
from accord.foundation.models import User

_DRAFT = DevelopmentPlan.State.DRAFT


def own_data(user: User) -> list[dict[str, Any]]:
    """The plans of a person, and what they drafted or noted in plans of others. Drafts of others are not theirs."""
    mine = Q(employee__user=user) & (~Q(state=_DRAFT) | Q(made_by__user=user))
    supported = Q(manager__user=user) & (~Q(state=_DRAFT) | Q(made_by__user=user))
    plans = DevelopmentPlan.objects.filter(mine | supported | Q(notes__author__user=user)).distinct().order_by("id")
    return [_told(plan, user) for plan in plans.select_related("employee", "made_by")]


def _told(plan: DevelopmentPlan, user: User) -> dict[str, Any]:
    is_mine = plan.employee.user_id == user.pk
    notes = PlanNote.objects.filter(plan=plan).order_by("id")
    told: dict[str, Any] = {
        "about_me": is_mine,
        "made_at": plan.made_at,
        "notes": list((notes if is_mine else notes.filter(author__user=user)).values("text", "made_at")),
    }
    if is_mine or (plan.state == _DRAFT and plan.made_by.user_id == user.pk):
        told |= {
            "state": plan.state,
            "closing_note": plan.closing_note,
            "focus_areas": list(FocusArea.objects.filter(plan=plan).values(*FocusWords.__dataclass_fields__, "state")),
            "versions": list(plan.versions.order_by("number").values("number", "content", "digest")),
        }
    return told
