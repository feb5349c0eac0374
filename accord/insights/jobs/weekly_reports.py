"""Weekly reports in the background. All may run at any time and as often as they like."""

from django.utils import timezone
from django_tasks import task

from accord.foundation.clock import organisation_day
from accord.foundation.services.jobs import enqueue_once
from accord.insights.services.weekly_reports import forget_old, mail_reports, write_next


@task()
def write_weekly_reports() -> None:
    """Write one slice, and leave the next to a job of its own: whatever else waits has its turn in between."""
    if write_next(timezone.now()):
        enqueue_once(mail_weekly_reports, mail_weekly_reports.module_path)
        enqueue_once(write_weekly_reports, write_weekly_reports.module_path)


@task()
def mail_weekly_reports() -> None:
    """Mail what was written."""
    mail_reports()


@task()
def forget_old_reports() -> None:
    """Delete what is kept no longer."""
    forget_old(organisation_day())
