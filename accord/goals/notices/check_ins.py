"""What check-ins tell people."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

CHECK_IN_DUE = NoticeKind(
    "goals.check_in_due",
    _("My own check-in is due"),
    _("No check-in for %(period)s yet. One line on what moved is enough."),
    link_text=_("Check in"),
)

NOTICES = (CHECK_IN_DUE,)
