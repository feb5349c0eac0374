"""Facts about the learning library. What somebody reads, finishes and thinks of it is theirs and no fact here."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "learning_resource.changed": EventKind(_("a learning resource was changed"), ("resource_id", "changed")),
    "learning_resources.imported": EventKind(_("learning resources were imported"), ("counts",)),
    "learning_system.changed": EventKind(_("the learning system was changed"), ("system_id", "changed")),
    "learning_system.delivered": EventKind(_("the learning system delivered completions"), ("system_id", "counts")),
}
