"""Reads of recordings."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from accord.coaching.access.feedback import visible_feedback
from accord.coaching.models import Feedback, Recording
from accord.foundation.models import User

State = Recording.State


def recordings_with(feedback: Feedback) -> QuerySet[Recording]:
    """What belongs to a feedback, in the order it was made; deleted ones say so, once the feedback was sent."""
    shown = Q(state=State.READY)
    if feedback.state != Feedback.State.DRAFT:
        shown |= Q(state=State.DELETED)
    return feedback.recordings.filter(shown).order_by("made_at", "pk")


def own_data(user: User) -> list[dict[str, Any]]:
    """The recordings a person made and those of feedback they have read, with the words that were put to them."""
    mine = Q(owner__user=user) | Q(feedback__receiver__user=user, feedback__received_at__isnull=False)
    readable = Recording.objects.filter(mine, feedback__in=visible_feedback(user).order_by()).exclude(
        state=State.UPLOADING
    )
    return [
        {
            "feedback": each.feedback_id,
            "made_by_me": each.owner.user_id == user.pk,
            "kind": each.kind,
            "made_at": each.made_at,
            "seconds": each.milliseconds // 1_000,
            "state": each.state,
            "kept_until": each.keep_until,
            "summary": each.summary,
            "captions": each.captions,
        }
        for each in readable.select_related("owner").order_by("pk")
    ]
