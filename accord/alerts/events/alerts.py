"""Facts about lights and alerts."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "statuses.judged": EventKind(_("a period was judged"), ("period",)),
    "alert.raised": EventKind(_("an alert was raised"), ("alert_id",)),
    "alert.watched": EventKind(_("an alert was put on the watch list"), ("alert_id",)),
    "alert.cleared": EventKind(_("an alert recovered"), ("alert_id",)),
    "alert.withdrawn": EventKind(_("an alert was withdrawn"), ("alert_id",)),
}
