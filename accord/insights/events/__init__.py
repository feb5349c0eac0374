"""Facts that insights announces, by topic."""

from accord.insights.events import boards, weekly_reports

EVENTS = {**boards.EVENTS, **weekly_reports.EVENTS}
