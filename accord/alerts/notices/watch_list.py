"""What is said of the watch list."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

WATCH_LIST_GREW = NoticeKind(
    "alerts.watch_list_grew",
    _("Something came to my watch list"),
    _("Some KPIs of your people came to your watch list. Nothing has to be done about them today."),
    link_text=_("To the watch list"),
)
