"""How long somebody was really at a form: what budgets are measured by."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from accord.people.models import Employee
from accord.workflow.models import FillTurn, FormFill

MOST_AT_ONCE = 600
"""Seconds that one report may add: without a script the browser cannot tell reading from a lunch break."""


def spend(fill: FormFill, step: str, actor: Employee, seconds: int) -> None:
    """Add the seconds that a browser reports to the turn of `actor`, never more than have passed since the last report.

    Two windows that report the same minute count it once.
    """
    now = timezone.now()
    turn, is_new = FillTurn.objects.get_or_create(
        fill=fill, step=step, person=actor, defaults={"version_id": fill.version_id}
    )
    passed = MOST_AT_ONCE if is_new else round((now - turn.seen_at).total_seconds())
    spent = max(0, min(seconds, passed, MOST_AT_ONCE))
    FillTurn.objects.filter(pk=turn.pk, seen_at=turn.seen_at).update(
        active_seconds=F("active_seconds") + spent, seen_at=now
    )
