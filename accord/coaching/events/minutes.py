"""Facts about minutes of one-on-ones."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "minutes.begun": EventKind(_("minutes were begun"), ("minutes_id", "one_on_one_id")),
    "minutes.laid_out": EventKind(_("minutes were laid out to be confirmed"), ("minutes_id", "document_id")),
    "minutes.confirmed": EventKind(_("minutes were confirmed by both"), ("minutes_id", "one_on_one_id")),
    "minutes.not_confirmed": EventKind(_("minutes ended without being confirmed"), ("minutes_id", "state")),
}
