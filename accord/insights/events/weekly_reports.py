"""Facts about weekly reports. What stands in one is never part of a fact."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "weekly_report.written": EventKind(_("a weekly report was written"), ("report_id", "week", "state")),
    "weekly_report.sent": EventKind(_("a weekly report was mailed"), ("report_id", "week")),
    "weekly_report.unsent": EventKind(_("a weekly report could not be mailed"), ("report_id", "week")),
    "report_wish.changed": EventKind(_("somebody chose how they want their weekly report"), ("user_id", "by_mail")),
}
