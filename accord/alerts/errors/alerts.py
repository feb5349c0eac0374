"""What people are told when periods cannot be judged."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class NoPeriod(BusinessError):
    code = "no_period"
    status = 400
    sentence = _("“%(text)s” is no period that can be judged.")
    hint = _("Name a period from 1990 to 2099, such as 2026-W41, 2026-10, 2026-Q4 or 2026-10-05.")
