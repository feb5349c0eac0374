"""Facts about workshops. Votes are none: an event names who acted, and is never deleted (docs/adr/0017)."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "workshop.opened": EventKind(_("a workshop was opened"), ("workshop_id",)),
    "workshop.card_proposed": EventKind(_("a KPI was proposed in a workshop"), ("workshop_id", "card_id")),
    "workshop.card_discussed": EventKind(_("somebody commented on a card"), ("workshop_id", "card_id")),
    "workshop.card_moved": EventKind(_("a card was moved on the board"), ("workshop_id", "card_id", "column")),
    "workshop.cards_merged": EventKind(_("two cards were merged"), ("workshop_id", "card_id", "into_id")),
    "workshop.closed": EventKind(_("a workshop was closed"), ("workshop_id", "adopted")),
}
