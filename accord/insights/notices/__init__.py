"""What insights may tell a person, by topic."""

from accord.foundation.notices import NoticeKind
from accord.insights.notices import weekly_reports

NOTICES: tuple[NoticeKind, ...] = (*weekly_reports.NOTICES,)
