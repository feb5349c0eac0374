"""Reads of the trail of facts."""

from accord.foundation.models import Event, User


def newest_event() -> int:
    """The number of the newest fact: while it stays the same, nothing that pages show has changed."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def is_newest_by(actor: User | None, name: str, subject: str, **payload: object) -> bool:
    """Whether the last that happened to `subject` is `name`, done by `actor`: so a second click finds the first one.

    Asked by whoever lost a compare-and-set, in the same transaction: what the winner recorded is committed by then.
    """
    last = Event.objects.filter(subject=subject).order_by("-pk").first()
    if actor is None or last is None or (last.name, last.actor_id) != (name, actor.pk):
        return False
    return all(last.payload.get(key) == value for key, value in payload.items())
