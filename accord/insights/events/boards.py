"""Facts about boards."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {
    "board.exported": EventKind(_("a board was taken along as a file"), ("board", "filter", "kind")),
}
