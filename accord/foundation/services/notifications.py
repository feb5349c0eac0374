"""Telling one person something, once."""

from typing import Any

from accord.foundation.models import Notification, User


def notify(
    recipient: User,
    kind: str,
    *,
    cause: str,
    values: dict[str, Any],
    url: str = "",
    urgency: Notification.Urgency = Notification.Urgency.DIGEST,
) -> None:
    """Leave a message of `kind` for `recipient`; the same kind and cause again changes nothing.

    It shows in the app at once; by mail in the daily digest, or at once where urgent or wished so.
    """
    raise RuntimeError("written by the slice `accounts`")
