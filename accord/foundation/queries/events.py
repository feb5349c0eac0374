"""Reads of the trail of facts."""

from accord.foundation.models import Event


def newest_event() -> int:
    """The number of the newest fact: while it stays the same, nothing that pages show has changed."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
