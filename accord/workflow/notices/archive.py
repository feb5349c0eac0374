"""What people are told about archive."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.models import MailMode
from accord.foundation.notices import NoticeKind

FAULTY = NoticeKind(
    "archive.faulty",
    _("The archive does not verify"),
    _("The nightly check of the archive found %(count)s faults. The first: %(first)s"),
    MailMode.AT_ONCE,
    _("To the archive"),
)

NOTICES: tuple[NoticeKind, ...] = (FAULTY,)
