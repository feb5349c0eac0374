"""Facts about archive."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {
    "archive.erased": EventKind(_("contents of the archive were erased"), ("records",)),
    "archive.key_changed": EventKind(_("the archive went over to a new key"), ("place",)),
}
