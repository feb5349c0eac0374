"""What people are told about rights."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

SIGHT_GRANTED = NoticeKind(
    "people.sight_granted",
    _("Somebody may see more people's performance"),
    _("From %(day)s on, %(name)s can see the performance of everybody in %(unit)s."),
    link_text=_("To the directory"),
)
RIGHTS_GRANTED = NoticeKind(
    "people.rights_granted",
    _("Somebody may change people, units and roles"),
    _("From %(day)s on, %(name)s can change people, units and roles."),
    link_text=_("To the directory"),
)

NOTICES = (SIGHT_GRANTED, RIGHTS_GRANTED)
"""The kinds, in the order of the preferences page."""
