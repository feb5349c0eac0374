"""The tabs below “Talks” and below “Growth”: name of the address and what it is called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TALKS: dict[str, str | Promise] = {
    "coaching:one_on_ones": _("One-on-ones"),
    "coaching:tasks": _("Coaching tasks"),
}
GROWTH: dict[str, str | Promise] = {
    "coaching:feedback": _("Feedback"),
}
