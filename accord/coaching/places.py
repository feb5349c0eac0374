"""The tabs below “Talks” and below “Growth”: name of the address and what it is called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TALKS: dict[str, str | Promise] = {
    "coaching:one_on_ones": _("One-on-ones"),
    "coaching:minutes": _("Minutes"),
    "coaching:commitments": _("Commitments"),
    "coaching:tasks": _("Coaching tasks"),
}
GROWTH: dict[str, str | Promise] = {
    "coaching:feedback": _("Feedback"),
    "coaching:plans": _("Development plans"),
    "coaching:learning": _("Learning"),
    "coaching:competencies": _("Competencies"),
}
