"""Who may read a weekly report: whoever it was written to, and nobody else, whatever their role.

It says what its reader was allowed to see on the day it was written. When people or units move on it stays theirs, as a
letter would; their new manager has reports of their own.
"""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accord.insights.models import WeeklyReport
from accord.people.access import Actor, own_employee_id


def own_reports(actor: Actor) -> QuerySet[WeeklyReport]:
    """The reports written to `actor`, the newest first; weeks without one are left out."""
    mine = WeeklyReport.objects.filter(reader__isnull=False, reader=own_employee_id(actor))
    return mine.exclude(state=WeeklyReport.State.QUIET).select_related("reader__user").order_by("-week")


def report_for(actor: Actor, pk: int) -> WeeklyReport:
    """The report `pk` if it was written to `actor`. Raises Http404 otherwise, as if it did not exist."""
    return get_object_or_404(own_reports(actor), pk=pk)
