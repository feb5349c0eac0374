"""What a redesign tells people."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

REDESIGN_STARTED = NoticeKind(
    "goals.redesign_started",
    _("Somebody wants to redesign the KPIs of my position with me"),
    _("%(name)s has begun to redesign the KPIs of %(position)s with you. It takes about half an hour, in five steps."),
    link_text=_("To the redesign"),
)
REDESIGN_FINISHED = NoticeKind(
    "goals.redesign_finished",
    _("A redesign I took part in is finished"),
    _("%(name)s has published version %(number)s of the map of %(position)s, as you worked it out together."),
    link_text=_("To the summary"),
)

NOTICES = (REDESIGN_STARTED, REDESIGN_FINISHED)
