"""Facts about commitments."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "commitment.made": EventKind(_("a commitment was made"), ("commitment_id",)),
    "commitment.kept": EventKind(_("a commitment was kept"), ("commitment_id",)),
    "commitment.moved": EventKind(_("a commitment was put off"), ("commitment_id",)),
    "commitment.dropped": EventKind(_("a commitment is no longer needed"), ("commitment_id",)),
    "commitment.reopened": EventKind(_("a commitment was opened again"), ("commitment_id",)),
}
