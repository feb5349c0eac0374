"""Kinds of notification: what each app may tell a person, in the order of the preferences page."""

from accord.foundation import notices as foundation
from accord.foundation.notices import NoticeKind

NOTICES: tuple[NoticeKind, ...] = (*foundation.NOTICES,)
