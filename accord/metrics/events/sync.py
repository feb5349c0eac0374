"""Facts about the rows of sources."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {
    "connection.synced": EventKind(_("a source was read"), ("connection_id", "run_id")),
    "connection.failed": EventKind(_("a source could not be read"), ("connection_id", "run_id")),
    "connection.recovered": EventKind(_("a source could be read again"), ("connection_id", "run_id")),
    "mapping.recounted": EventKind(_("rows were counted anew by a changed mapping"), ("connection_id", "mapping_id")),
    "identity.resolved": EventKind(_("it was said who a name of a source is"), ("connection_id", "identity_id")),
    "identity.ignored": EventKind(_("a name of a source was said to be nobody's"), ("connection_id", "identity_id")),
}
