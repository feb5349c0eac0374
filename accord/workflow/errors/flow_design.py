"""What cannot be done in the designer of flows, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class FlowNotReady(BusinessError):
    code = "flow_not_ready"
    status = 422
    sentence = _("The dry run needs a flow without problems. “%(name)s”: %(problem)s")
    hint = _("Mend what stands under “Problems”, then try again.")
