"""What cannot be done with scorecards, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class NoSuchCycle(BusinessError):
    code = "no_such_cycle"
    status = 404
    sentence = _("There is no cycle “%(name)s”; nothing was scored.")
    hint = _("Write its name as on the page of goals. Without a name, all cycles that ended lately are scored.")
