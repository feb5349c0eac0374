"""What workshops tell people."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

WORKSHOP_OPENED = NoticeKind(
    "goals.workshop_opened",
    _("A workshop on the KPIs of my position was opened"),
    _("%(name)s has opened “%(title)s”. Propose the KPIs you find reasonable and can move."),
    link_text=_("To the workshop"),
)
WORKSHOP_CLOSED = NoticeKind(
    "goals.workshop_closed",
    _("A workshop of mine was closed"),
    _("“%(title)s” is closed. The decisions stand in the minutes, each with its reason."),
    link_text=_("To the minutes"),
)

NOTICES = (WORKSHOP_OPENED, WORKSHOP_CLOSED)
