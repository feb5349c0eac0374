"""The thread on a line of an agreement, or on the whole of it: between its two sides, for all who see it to read."""

from __future__ import annotations

from django.db import transaction

from accord.foundation.clock import organisation_day
from accord.goals.models import Agreement, LineComment
from accord.goals.notices.agreements import COMMENTED
from accord.goals.services.agreements.sides import other_side, require_side
from accord.goals.services.agreements.telling import note, tell
from accord.people.models import Employee


@transaction.atomic
def comment(agreement: Agreement, actor: Employee, text: str, metric_id: int | None = None) -> LineComment:
    """Say something about a line or the whole; the other side hears of it once a day. Raises NotYourAgreement."""
    require_side(agreement, actor)
    if not text.strip():
        raise ValueError("a comment says something")
    made = LineComment.objects.create(agreement=agreement, metric_id=metric_id, author=actor, text=text.strip())
    note("commented", agreement, actor.user, comment_id=made.pk)
    other = other_side(agreement, actor)
    tell(COMMENTED, agreement, [other], f"comments {organisation_day()}", name=actor.name)
    return made
