"""Facts. One table is audit trail and outbox at once."""

from typing import Any

from django.conf import settings
from django.db import models


class Event(models.Model):
    """Something that happened, in the past tense (`employee.moved`). Written once, never changed or deleted.

    The database itself refuses both (triggers), but for forgetting the account of an actor who is deleted.
    `payload` holds ids and plain values; the reactions to the event get them as keywords. The actor is copied as text
    so that the trail survives the account. `subject` names what it is about as `<table>:<id>`.
    """

    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = models.CharField(max_length=150, blank=True)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "events"
        indexes = [
            models.Index(fields=["subject", "id"], name="events_subject"),
            models.Index(fields=["name", "id"], name="events_name"),
        ]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("events are never deleted")

    def __str__(self) -> str:
        return f"{self.name} {self.subject}".strip()


class Delivery(models.Model):
    """One reaction owed to one event. `reaction` is the dotted name of the command.

    `attempts` counts claims: only who made the newest one may say how it ended. While a delivery is claimed,
    `next_attempt_at` is the end of the lease.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    reaction = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        db_table = "event_deliveries"
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="one_delivery_per_reaction")]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="deliveries_waiting"),
            models.Index(fields=["next_attempt_at"], condition=models.Q(state="failed"), name="deliveries_failed"),
        ]

    @property
    def reason(self) -> str:
        """The last line of the error, which says what it was."""
        return self.error.strip().rpartition("\n")[2]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.reaction}"
