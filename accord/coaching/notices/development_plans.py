"""What people are told about development plans: quietly, with the digest."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

_TO_THE_PLAN = _("To the development plan")

PLAN_SHARED = NoticeKind(
    "coaching.plan_shared",
    _("A development plan was shared with me"),
    _("%(name)s has shared the development plan of %(person)s with you. Both of you can change it and agree to it."),
    link_text=_TO_THE_PLAN,
)
PLAN_CHANGED = NoticeKind(
    "coaching.plan_changed",
    _("A development plan I had agreed to was changed"),
    _("%(name)s has changed the development plan of %(person)s. It needs the yes of both again."),
    link_text=_TO_THE_PLAN,
)
PLAN_YES_SAID = NoticeKind(
    "coaching.plan_yes_said",
    _("The other side agreed to a development plan"),
    _("%(name)s has agreed to the development plan of %(person)s. Your yes is the one that is left."),
    link_text=_TO_THE_PLAN,
)
PLAN_AGREED = NoticeKind(
    "coaching.plan_agreed",
    _("A development plan is agreed"),
    _("The development plan of %(person)s is agreed by both."),
    link_text=_TO_THE_PLAN,
)
PLAN_HANDED_ON = NoticeKind(
    "coaching.plan_handed_on",
    _("A development plan came to me with a change of manager"),
    _("%(person)s has handed their development plan on to you."),
    link_text=_TO_THE_PLAN,
)
PLAN_CLOSED = NoticeKind(
    "coaching.plan_closed",
    _("A development plan was closed"),
    _("%(name)s has closed the development plan of %(person)s."),
    link_text=_TO_THE_PLAN,
)

NOTICES = (PLAN_SHARED, PLAN_CHANGED, PLAN_YES_SAID, PLAN_AGREED, PLAN_HANDED_ON, PLAN_CLOSED)
