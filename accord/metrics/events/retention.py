"""Facts about values that leave the database."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {
    "values.stored_away": EventKind(
        _("the values of a period went into a file"), ("stored_period_id", "period", "values", "revisions", "digest")
    ),
    "values.brought_back": EventKind(_("the values of a period came back from their file"), ("period", "values")),
    "values.forgotten": EventKind(_("the file with the values of a period was deleted"), ("period",)),
}
"""`period` is the key of the period, `values` and `revisions` count rows, `digest` is the SHA-256 of the file."""
