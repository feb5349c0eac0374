"""Facts about the position map and its redesign."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "position_map.changed": EventKind(
        label=_("The map of a position got a new version"), fields=("position_id", "number")
    ),
    "redesign.started": EventKind(label=_("A redesign of a position was begun"), fields=("redesign_id",)),
    "redesign.finished": EventKind(label=_("A redesign of a position was finished"), fields=("redesign_id", "number")),
    "redesign.dropped": EventKind(label=_("A redesign of a position was set aside"), fields=("redesign_id",)),
}
