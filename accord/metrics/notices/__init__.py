"""What metrics may tell a person, by topic."""

from accord.foundation.notices import NoticeKind
from accord.metrics.notices import connections

NOTICES: tuple[NoticeKind, ...] = (*connections.NOTICES,)
