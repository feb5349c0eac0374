"""What the two sides of a commitment hear of it; each in the digest, once."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

LINK = _("To the commitment")
PROMISED = NoticeKind(
    "coaching.commitment_promised",
    _("Somebody promised me something"),
    _("%(name)s promised you: “%(text)s”, by %(due)s."),
    link_text=LINK,
)
AGREED = NoticeKind(
    "coaching.commitment_agreed",
    _("A commitment of mine was recorded"),
    _("%(name)s recorded what you agreed to do: “%(text)s”, by %(due)s."),
    link_text=LINK,
)
KEPT = NoticeKind(
    "coaching.commitment_kept",
    _("A commitment to me was kept"),
    _("%(name)s has done it: “%(text)s”."),
    link_text=LINK,
)
MOVED = NoticeKind(
    "coaching.commitment_moved",
    _("A commitment to me was put off"),
    _("%(name)s put off “%(text)s” to %(due)s."),
    link_text=LINK,
)
DROPPED = NoticeKind(
    "coaching.commitment_dropped",
    _("A commitment is no longer needed"),
    _("%(name)s says that “%(text)s” is no longer needed."),
    link_text=LINK,
)
REOPENED = NoticeKind(
    "coaching.commitment_reopened",
    _("A commitment was opened again"),
    _("%(name)s opened “%(text)s” again; it is due by %(due)s."),
    link_text=LINK,
)

NOTICES = (PROMISED, AGREED, KEPT, MOVED, DROPPED, REOPENED)
