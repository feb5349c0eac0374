"""What insights keeps about one person, for them to take along."""

from __future__ import annotations

from typing import Any

from accord.foundation.models import User
from accord.insights.models import WeeklyReport
from accord.insights.queries.weekly_reports.readers import wish_of


def own_data(user: User) -> dict[str, Any]:
    """Which weekly reports were written to the person, and how they want them; what stands in one is about others."""
    wish = wish_of(user)
    reports = WeeklyReport.objects.filter(reader__user=user).order_by("week")
    return {
        "wish": {
            "by_mail": wish.by_mail,
            "with_pdf": wish.with_pdf,
            "only_when_changed": wish.only_when_changed,
        },
        "reports": [
            {
                "week": report.period.label,
                "state": report.state,
                "written_at": report.written_at,
                "read_at": report.read_at,
            }
            for report in reports
        ],
    }
