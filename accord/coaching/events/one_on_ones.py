"""Facts about one-on-ones. Nothing that anybody wrote is in them, and nothing at all of private notes."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "pairing.arranged": EventKind(_("a rhythm of one-on-ones was arranged"), ("pairing_id", "employee_id")),
    "pairing.changed": EventKind(_("a rhythm of one-on-ones was changed"), ("pairing_id", "fields")),
    "pairing.paused": EventKind(_("a rhythm of one-on-ones was paused"), ("pairing_id",)),
    "pairing.resumed": EventKind(_("a rhythm of one-on-ones goes on"), ("pairing_id",)),
    "pairing.ended": EventKind(_("a rhythm of one-on-ones ended"), ("pairing_id",)),
    "pairing.reading_allowed": EventKind(
        _("somebody allowed, or no longer allows, the next manager to read confirmed minutes"),
        ("pairing_id", "side", "allowed"),
    ),
    "one_on_ones.planned": EventKind(_("one-on-ones were planned"), ("pairing_id", "count")),
    "one_on_one.moved": EventKind(_("a one-on-one was moved"), ("one_on_one_id",)),
    "one_on_one.skipped": EventKind(_("a one-on-one was skipped"), ("one_on_one_id", "with_word")),
    "one_on_one.begun": EventKind(_("a one-on-one began"), ("one_on_one_id",)),
    "one_on_one.ended": EventKind(_("a one-on-one ended"), ("one_on_one_id",)),
    "agenda_point.added": EventKind(_("a point was put on an agenda"), ("one_on_one_id", "point_id")),
    "agenda_point.settled": EventKind(_("a point of an agenda was settled"), ("one_on_one_id", "point_id", "state")),
    "calendar_feed.opened": EventKind(_("an address for somebody's calendar was made"), ("employee_id",)),
    "calendar_feed.closed": EventKind(_("the address for somebody's calendar was closed"), ("employee_id",)),
}
