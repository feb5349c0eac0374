"""What people are told about flows."""

from accord.foundation.notices import NoticeKind

NOTICES: tuple[NoticeKind, ...] = ()
