"""Facts about decompositions."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "decomposition.started": EventKind(_("a decomposition was begun"), ("decomposition_id",)),
    "decomposition.changed": EventKind(_("a decomposition was changed"), ("decomposition_id", "edition")),
    "decomposition.discarded": EventKind(_("a decomposition was discarded"), ("decomposition_id",)),
    "decomposition.applied": EventKind(
        _("a decomposition was handed out as draft agreements"), ("decomposition_id", "created", "updated", "skipped")
    ),
}
