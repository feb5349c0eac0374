"""What foundation knows about one person, for them to take along."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.module_loading import import_string

from accord.foundation.models import Event, Notification, User
from accord.foundation.queries.notifications import inbox, mail_modes, shown
from accord.foundation.registry import table


def everything_about(user: User) -> dict[str, Any]:
    """Return what every app knows about `user`, by the parts of the table in the composition root."""
    return {part: import_string(name)(user) for part, name in table("ACCORD_OWN_DATA").items()}


def own_data(user: User) -> dict[str, Any]:
    """The account, its preferences, its notifications as they read today, and what it did."""
    return {
        "employee_no": user.username,
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "time_zone": user.time_zone,
        "created_at": user.date_joined,
        "last_sign_in_at": user.last_login,
        "second_factors": [
            {"kind": factor.type, "added_at": factor.created_at, "last_used_at": factor.last_used_at}
            for factor in Authenticator.objects.filter(user=user).order_by("pk")
        ],
        "notification_preferences": mail_modes(user),
        "notifications": [_notification(message) for message in inbox(user).iterator(1000)],
        "events": list(
            Event.objects.filter(actor=user).order_by("pk").values("at", "name", "subject", "payload").iterator(1000)
        ),
    }


def _notification(message: Notification) -> dict[str, Any]:
    return {
        "kind": message.kind,
        "sentence": shown(message).sentence,
        "created_at": message.created_at,
        "read_at": message.read_at,
        "mailed_at": message.mailed_at,
    }
