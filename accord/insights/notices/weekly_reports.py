"""What the weekly report tells people beside its own mail."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.models import MailMode
from accord.foundation.notices import NoticeKind

REPORT_WRITTEN = NoticeKind(
    "insights.weekly_report_written",
    _("My weekly report is there"),
    _("The weekly report of %(week)s is there."),
    MailMode.APP_ONLY,
    _("To the report"),
)
REPORT_UNSENT = NoticeKind(
    "insights.weekly_report_unsent",
    _("My weekly report could not be mailed"),
    _("The weekly report of %(week)s could not be delivered to %(address)s. You can read it here."),
    MailMode.APP_ONLY,
    _("To the report"),
)

NOTICES = (REPORT_WRITTEN, REPORT_UNSENT)
