from accord.insights.services.weekly_reports.mailing import mail_reports
from accord.insights.services.weekly_reports.wishes import change_wish, stop_mail
from accord.insights.services.weekly_reports.writing import forget_old, mark_report_read, write_next, write_reports

__all__ = [
    "change_wish",
    "forget_old",
    "mail_reports",
    "mark_report_read",
    "stop_mail",
    "write_next",
    "write_reports",
]
