"""Facts about a development plan, what was done just now, and telling its two people. Drafts are silent."""

from __future__ import annotations

from django.urls import reverse

from accord.coaching.models import DevelopmentPlan
from accord.foundation.models import User
from accord.foundation.notices import NoticeKind
from accord.foundation.queries.events import is_newest_by
from accord.foundation.services.events import record
from accord.foundation.services.notifications import notify
from accord.people.models import Employee


def note_fact(what: str, plan: DevelopmentPlan, actor: User | None, **fields: object) -> None:
    """Record the fact `plan.<what>`."""
    record(f"plan.{what}", subject=f"development_plans:{plan.pk}", actor=actor, plan_id=plan.pk, **fields)


def was_just(what: str, plan: DevelopmentPlan, by: Employee, **fields: object) -> bool:
    """Whether `plan.<what>` by the same person is the last that happened to it: this is a second click."""
    return is_newest_by(by.user, f"plan.{what}", f"development_plans:{plan.pk}", **fields)


def tell(recipient: Employee, kind: NoticeKind, plan: DevelopmentPlan, occasion: str, **values: str) -> None:
    """Notify `recipient` of the plan, once per occasion; somebody without an account is told nothing."""
    if recipient.user is None:
        return
    notify(
        recipient.user,
        kind.code,
        cause=f"development_plans:{plan.pk}:{occasion}",
        values={"person": plan.employee.name, **values},
        url=reverse("coaching:plan", args=[plan.pk]),
    )
