"""Facts about sources: who set them up and changed them. Never what stands in a secret, a setting or a row."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

_ONE = ("connection_id",)

EVENTS: Mapping[str, EventKind] = {
    "connection.made": EventKind(_("a source was connected"), _ONE),
    "connection.changed": EventKind(_("how a source is read was changed"), (*_ONE, "changed")),
    "connection.secret_set": EventKind(_("the secret of a source was set"), _ONE),
    "connection.handed_over": EventKind(_("a source was given to another owner"), (*_ONE, "owner_id")),
    "connection.activated": EventKind(_("a source was started"), _ONE),
    "connection.paused": EventKind(_("a source was paused"), _ONE),
    "connection.archived": EventKind(_("a source was put away"), _ONE),
    "connection.discarded": EventKind(_("a source that had brought nothing was discarded"), _ONE),
    "mapping.saved": EventKind(_("a rule for taking a metric was set"), (*_ONE, "mapping_id", "metric_id")),
    "mapping.removed": EventKind(_("a rule for taking a metric was removed"), (*_ONE, "metric_id")),
    "host.allowed": EventKind(_("a host was allowed"), ("host",)),
    "host.forgotten": EventKind(_("a host was taken off the list"), ("host",)),
}
"""`changed` names what was changed: name, settings, schedule."""
