"""What goals keeps in the archive, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text

KINDS: Mapping[str, Text] = {
    "agreement.ended": _("agreement ended before its time"),
    "calibration.closed": _("minutes of a calibration meeting"),
    "cycle.okr_share_set": _("share of objectives in the score set"),
    "decomposition.applied": _("decomposition handed out"),
    "position_map.changed": _("map of a position changed"),
    "scorecards.final": _("final scorecards frozen"),
    "scorecards.so_far": _("scorecards so far frozen"),
    "workshop.closed": _("minutes of a workshop"),
}
