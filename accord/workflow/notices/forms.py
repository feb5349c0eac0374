"""What people are told about forms."""

from accord.foundation.notices import NoticeKind

NOTICES: tuple[NoticeKind, ...] = ()
