"""Holding a draft of feedback while something is done to it."""

from __future__ import annotations

from django.db.models import QuerySet

from accord.coaching.models import Feedback


def hold_draft(feedback: QuerySet[Feedback]) -> bool:
    """Whether the feedback is there and a draft. Until the transaction ends nobody else sends it or throws it away.

    It is the write that makes them wait, on both databases.
    """
    return bool(feedback.filter(state=Feedback.State.DRAFT).update(state=Feedback.State.DRAFT))
