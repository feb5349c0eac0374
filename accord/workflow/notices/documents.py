"""What people are told about documents."""

from accord.foundation.notices import NoticeKind

NOTICES: tuple[NoticeKind, ...] = ()
