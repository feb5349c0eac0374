"""Facts about check-ins."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "check_in.made": EventKind(_("somebody checked in"), ("check_in_id",)),
    "check_in.corrected": EventKind(_("a check-in was corrected"), ("check_in_id", "earlier_id")),
    "check_in.rhythm_set": EventKind(_("somebody chose how often to be reminded to check in"), ("rhythm",)),
}
