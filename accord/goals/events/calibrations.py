"""Facts about calibration meetings and what they are about."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "calibration.planned": EventKind(_("a calibration meeting was planned"), ("meeting_id", "held_on")),
    "calibration.opened": EventKind(_("a calibration meeting was opened"), ("meeting_id", "items")),
    "calibration.decided": EventKind(_("a calibration meeting decided a point"), ("meeting_id", "item_id", "decision")),
    "calibration.minuted": EventKind(_("the minutes of a calibration meeting were changed"), ("meeting_id",)),
    "calibration.proposed": EventKind(
        _("a calibration meeting proposed an amendment"), ("meeting_id", "agreement_id", "terms_id")
    ),
    "calibration.closed": EventKind(_("a calibration meeting was closed"), ("meeting_id",)),
    "external_change.noted": EventKind(_("an external change was noted"), ("change_id",)),
}
