"""What insights may tell a person, by topic."""

from accord.foundation.notices import NoticeKind

NOTICES: tuple[NoticeKind, ...] = ()
