"""What insights adds to pages: on Today, the report of the week until it is read."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accord.domain.periods import Frequency, Period
from accord.foundation.clock import organisation_day
from accord.insights.access.weekly_reports import own_reports
from accord.insights.queries.weekly_reports.reading import read_report
from accord.people.models import Employee


def weekly_report_unread(request: HttpRequest, me: Employee) -> SafeString:
    """One line on Today from Monday on, until the report of last week is read; nothing afterwards."""
    week = Period.of(organisation_day(), Frequency.WEEK) - 1
    report = own_reports(request.user).filter(week=week.key, read_at=None).first()
    if report is None:
        return SafeString()
    return render_to_string("insights/weekly_reports_today.html", {"report": read_report(report)}, request=request)
