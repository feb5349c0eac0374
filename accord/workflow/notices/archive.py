"""What people are told about archive."""

from accord.foundation.notices import NoticeKind

NOTICES: tuple[NoticeKind, ...] = ()
