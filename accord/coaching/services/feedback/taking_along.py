"""Taking one's own data along: what stands in it has been read."""

from __future__ import annotations

from typing import Any

from accord.coaching.models import Feedback
from accord.coaching.queries.feedback import own_data
from accord.coaching.services.feedback.answers import receive
from accord.foundation.models import User


def take_along(user: User) -> dict[str, list[dict[str, Any]]]:
    """What a person wrote and was given. What they had not opened yet is received by it, like by any other look."""
    unread = Feedback.objects.filter(receiver__user=user, state=Feedback.State.SENT, received_at=None)
    for feedback in unread.select_related("receiver__user"):
        receive(feedback)
    return own_data(user)
