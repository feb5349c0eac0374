"""Facts about scorecards."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "scorecards.frozen": EventKind(label=_("Scorecards frozen"), fields=("run_id", "cycle_id", "kind", "people")),
}
