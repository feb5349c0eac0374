"""Facts that metrics announces."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {
    "measurements.recorded": EventKind(_("values were brought in"), ("batch_id", "periods")),
    "metric.created": EventKind(_("a metric was added to the library"), ("metric_id",)),
    "metric.changed": EventKind(_("a metric was changed"), ("metric_id", "changed")),
}
"""`periods` are the keys of the periods in which a value was added, replaced or withdrawn; `changed` names fields."""
