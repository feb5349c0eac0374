"""What people are told about flows."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.models import MailMode
from accord.foundation.notices import NoticeKind

_LINK = _("To the request")

ASKED = NoticeKind(
    "flow.asked", _("Something waits for my decision"), _("“%(title)s” of %(starter)s waits for you."), link_text=_LINK
)
ASKED_FOR_ANOTHER = NoticeKind(
    "flow.asked_for_another",
    _("Something waits for a decision of somebody I stand in for"),
    _("“%(title)s” of %(starter)s waits for you as a delegate."),
    link_text=_LINK,
)
FOR_INFORMATION = NoticeKind(
    "flow.for_information",
    _("I am copied in on a request"),
    _("“%(title)s” of %(starter)s was sent to you for information."),
    link_text=_LINK,
)
NUDGED = NoticeKind(
    "flow.nudged",
    _("I am reminded of a decision"),
    _("%(starter)s reminds you of “%(title)s”, which waits for you."),
    MailMode.AT_ONCE,
    _LINK,
)
OVERDUE = NoticeKind(
    "flow.overdue",
    _("The time for a decision of mine is over"),
    _("The time for “%(title)s” of %(starter)s is over; it still waits for you."),
    link_text=_LINK,
)
MENTIONED = NoticeKind(
    "flow.mentioned",
    _("I am mentioned in a comment"),
    _("%(by)s mentions you in a comment on “%(title)s”."),
    link_text=_LINK,
)
APPROVED = NoticeKind(
    "flow.approved", _("A request of mine is approved"), _("“%(title)s” is approved."), link_text=_LINK
)
REJECTED = NoticeKind(
    "flow.rejected",
    _("A request of mine is rejected"),
    _("“%(title)s” is rejected. The reason stands in its history."),
    link_text=_LINK,
)
RETURNED = NoticeKind(
    "flow.returned",
    _("A request of mine is returned"),
    _("“%(title)s” was returned. Its history says to which step and why."),
    link_text=_LINK,
)

NOTICES = (ASKED, ASKED_FOR_ANOTHER, NUDGED, OVERDUE, FOR_INFORMATION, MENTIONED, RETURNED, APPROVED, REJECTED)
