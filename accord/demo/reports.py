"""The weekly reports of the last weeks, for those whom the tour shows: each written on its Monday."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from accord.demo.clock import as_of
from accord.domain.periods import Frequency, Period
from accord.domain.report_weeks import due_at
from accord.insights.queries.weekly_reports.readers import home_zone
from accord.insights.services.weekly_reports import mark_report_read, write_reports
from accord.people.models import Employee

WEEKS = 6
READERS = ("陈远航", "周敏", "李明")


def write_weekly_reports(monday: date, today: date) -> None:
    """Write the reports that were due on `monday`; all but the newest have been read."""
    week = Period.of(monday, Frequency.WEEK) - 1
    if (today - monday).days >= 7 * WEEKS:
        return
    readers = Employee.objects.filter(name__in=READERS).order_by("pk").values_list("pk", flat=True)
    due = due_at(week, home_zone(), settings.DIGEST_HOUR, home_zone())
    with as_of(monday, hour=settings.DIGEST_HOUR):
        written = write_reports(week, list(readers), due)
    if (today - monday).days >= 7:
        with as_of(monday, hour=9):
            for report in written:
                mark_report_read(report)
