"""What people are told about objectives."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

CHECK_IN_DUE = NoticeKind(
    "objectives.check_in_due",
    _("My key results have not been checked in on this week"),
    _("%(count)s of your key results have no line for this week yet. One short line each is enough."),
    link_text=_("To the weekly check-in"),
)

NOTICES: tuple[NoticeKind, ...] = (CHECK_IN_DUE,)
