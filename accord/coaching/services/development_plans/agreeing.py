"""Saying yes to a plan. The second yes freezes the words as a version and keeps them in the archive.

No document to sign: a plan binds nobody to a result, and a ceremony with a second factor would make it feel as if it
did. What proves that both agreed is the same as for other decisions: the words with both names and times, written in
the transaction of the second yes into the log that nobody can change afterwards, and by digest beside the version.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accord.coaching.errors import development_plans as errors
from accord.coaching.models import DevelopmentPlan, FocusArea, PlanVersion
from accord.coaching.notices.development_plans import PLAN_AGREED, PLAN_YES_SAID
from accord.coaching.queries.development_plans import plans_in_full
from accord.coaching.services.development_plans.sides import other_side, require_side
from accord.coaching.services.development_plans.telling import note_fact, tell
from accord.domain.development import is_complete
from accord.domain.transparency.canonical import canonical
from accord.people.models import Employee
from accord.workflow.services.archive.keeping import keep

State = DevelopmentPlan.State
WORDS = ("title", "why", "source", "kind", "action", "support", "resource", "learning_id", "measure")


@transaction.atomic
def agree(plan: DevelopmentPlan, by: Employee, edition: int) -> DevelopmentPlan:
    """Say yes to the words as they stood in `edition`; the second yes makes a version. Twice is once.

    Raises PlanNotYours, PlanManagerChanged, PlanNotOpen, PlanEditedMeanwhile, or PlanIncomplete.
    """
    now = plans_in_full().get(pk=plan.pk)
    side = require_side(now, by)
    if now.manager_id != now.employee.manager_id:
        raise errors.PlanManagerChanged(employee=now.employee.name)
    if not is_complete(vars(focus) for focus in now.standing):
        raise errors.PlanIncomplete
    said = {f"{side}_agreed_at": timezone.now()}
    still = DevelopmentPlan.objects.filter(pk=plan.pk, state=State.RUNNING, edition=edition)
    if not still.filter(**{f"{side}_agreed_at": None}).update(**said):
        if still.exists():
            return now
        raise errors.PlanNotOpen if now.state != State.RUNNING else errors.PlanEditedMeanwhile
    note_fact("yes_said", now, by.user, side=side, edition=edition)
    # Read again: where both agree at once, the second one sees the first one's word and makes the version.
    now = plans_in_full().get(pk=plan.pk)
    if now.is_agreed:
        _make_version(now, by)
    else:
        tell(other_side(now, by), PLAN_YES_SAID, now, f"yes {edition} {side}", name=by.name)
    return now


@transaction.atomic
def take_back(plan: DevelopmentPlan, by: Employee) -> None:
    """Take one's own yes back while the other side has not said theirs; afterwards a change does so. Twice is once.

    Raises PlanNotYours or PlanNotOpen.
    """
    now = plans_in_full().get(pk=plan.pk)
    side = require_side(now, by)
    if now.state == State.RUNNING and getattr(now, f"{side}_agreed_at") is None:
        return
    other = "manager" if side == "employee" else "employee"
    mine = DevelopmentPlan.objects.filter(pk=plan.pk, state=State.RUNNING, **{f"{other}_agreed_at": None})
    if not mine.exclude(**{f"{side}_agreed_at": None}).update(**{f"{side}_agreed_at": None}):
        raise errors.PlanNotOpen
    note_fact("yes_taken_back", now, by.user, side=side)


def _make_version(plan: DevelopmentPlan, by: Employee) -> None:
    if plan.employee_agreed_at is None or plan.manager_agreed_at is None:
        raise ValueError("a version is what both have said yes to")
    number = plan.versions.count() + 1
    content = _content(plan, number)
    version = PlanVersion.objects.create(
        plan=plan,
        number=number,
        edition=plan.edition,
        manager=plan.manager,
        content=content,
        digest=hashlib.sha256(canonical(content).encode()).hexdigest(),
        employee_agreed_at=plan.employee_agreed_at,
        manager_agreed_at=plan.manager_agreed_at,
    )
    people = [plan.employee, plan.manager]
    keep("plan.agreed", f"development_plans:{plan.pk}", content, actor=by, about=people)
    note_fact("agreed", plan, by.user, version_id=version.pk)
    tell(other_side(plan, by), PLAN_AGREED, plan, f"agreed {number}")


def _content(plan: DevelopmentPlan, number: int) -> dict[str, Any]:
    return {
        "v": 1,
        "plan": plan.pk,
        "number": number,
        "edition": plan.edition,
        "employee": _said(plan.employee, plan.employee_agreed_at),
        "manager": _said(plan.manager, plan.manager_agreed_at),
        "focus_areas": [_focus(focus) for focus in plan.standing],
    }


def _said(person: Employee, at: datetime | None) -> dict[str, str]:
    return {"number": person.employee_no, "name": person.name, "agreed_at": at.isoformat() if at else ""}


def _focus(focus: FocusArea) -> dict[str, Any]:
    told = {name: getattr(focus, name) for name in WORDS}
    due_on = focus.due_on.isoformat() if focus.due_on else ""
    return {"id": focus.pk, "order": focus.order, "due_on": due_on, **told}
