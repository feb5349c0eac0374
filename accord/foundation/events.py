"""Kinds of fact: each app declares its own in `events.py`, the composition root lists them all."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text


@dataclass(frozen=True)
class EventKind:
    """What people call a fact, and the names of the ids and plain values it carries.

    The reactions to the fact are called with exactly these `fields` as keywords.
    """

    label: Text
    fields: tuple[str, ...] = ()


EVENTS: Mapping[str, EventKind] = {
    "account.invited": EventKind(_("a link to choose a password was made"), ("user_id",)),
    "account.password_set": EventKind(_("a password was set"), ("user_id",)),
    "account.second_factor_changed": EventKind(_("a second factor was added or removed"), ("user_id", "change")),
    "job.run_again": EventKind(_("a failed job was run again"), ("job_id",)),
    "delivery.run_again": EventKind(_("a failed reaction was run again"), ("delivery_id",)),
}
