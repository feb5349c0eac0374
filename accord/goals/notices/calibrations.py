"""What calibration meetings tell the people they are about."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

PLANNED = NoticeKind(
    "goals.calibration_planned",
    _("A calibration meeting about my agreement is planned"),
    _("%(title)s is planned for %(day)s with %(name)s. Note until then what has changed from outside."),
    link_text=_("To the meeting"),
)
CLOSED = NoticeKind(
    "goals.calibration_closed",
    _("A calibration meeting about my agreement is over"),
    _("%(title)s is over; %(points)s points were about your agreement. The minutes say what was decided."),
    link_text=_("To the minutes"),
)

NOTICES = (PLANNED, CLOSED)
