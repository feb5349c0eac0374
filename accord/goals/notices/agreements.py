"""What people are told of agreements; all of it can wait for the digest."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

_TO_AGREEMENT = _("To the agreement")

PROPOSED = NoticeKind(
    "agreement.proposed",
    _("My agreement, or a change of it, was put before me"),
    _("%(name)s has put the agreement of %(person)s for %(cycle)s before you. Look at it line by line."),
    link_text=_TO_AGREEMENT,
)
CHANGED = NoticeKind(
    "agreement.changed",
    _("A wording that had been agreed to was changed"),
    _("%(name)s has changed the agreement of %(person)s for %(cycle)s, so what was agreed to before no longer counts."),
    link_text=_TO_AGREEMENT,
)
AGREED = NoticeKind(
    "agreement.agreed",
    _("The other side has agreed to an agreement of mine"),
    _("%(name)s has agreed to the agreement of %(person)s for %(cycle)s as it stands. It waits for your word."),
    link_text=_TO_AGREEMENT,
)
COMMENTED = NoticeKind(
    "agreement.commented",
    _("Somebody commented on an agreement of mine"),
    _("%(name)s has written something about the agreement of %(person)s for %(cycle)s."),
    link_text=_TO_AGREEMENT,
)
REMINDED = NoticeKind(
    "agreement.reminded",
    _("A gentle reminder of agreements that wait for me"),
    _("Agreements for %(cycle)s that wait for you: %(count)s. A few minutes are enough."),
    link_text=_("To the agreements"),
)
MANAGER_FOLLOWED = NoticeKind(
    "agreement.manager_followed",
    _("An agreement came to me with a change of manager"),
    _("You are now the line manager of %(person)s, so the agreement for %(cycle)s is yours to agree and sign."),
    link_text=_TO_AGREEMENT,
)
MOVED = NoticeKind(
    "agreement.moved",
    _("Somebody with an agreement has another position"),
    _("%(person)s has another position since %(day)s. Decide whether the agreement for %(cycle)s ends there."),
    link_text=_TO_AGREEMENT,
)
ENDED = NoticeKind(
    "agreement.ended",
    _("An agreement of mine was ended"),
    _("The agreement of %(person)s for %(cycle)s was ended on %(day)s. The reason stands with it."),
    link_text=_TO_AGREEMENT,
)

NOTICES = (PROPOSED, AGREED, CHANGED, COMMENTED, REMINDED, MANAGER_FOLLOWED, MOVED, ENDED)
