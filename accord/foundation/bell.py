"""The bell of every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accord.foundation.queries.notifications import unread_count


def bell(request: HttpRequest) -> dict[str, Any]:
    """Template context: how many notifications are unread. One indexed query, and none where no bell is drawn."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    reader = request.user
    return {"unread_notifications": SimpleLazyObject(lambda: unread_count(reader))}
