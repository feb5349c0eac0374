"""What the owner of a connection is told of its source."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

FAILED = NoticeKind(
    "connection.failed",
    _("A source of mine cannot be read"),
    _("“%(source)s” could not be read. Its numbers stay as they were until it answers again; we keep trying."),
    link_text=_("To the source"),
)
RECOVERED = NoticeKind(
    "connection.recovered",
    _("A source of mine can be read again"),
    _("“%(source)s” is read again, and its numbers are up to date."),
    link_text=_("To the source"),
)

NOTICES = (FAILED, RECOVERED)
