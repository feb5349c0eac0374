"""What somebody cannot do any more because a person is led by somebody else now."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class NoLongerManager(BusinessError):
    code = "no_longer_manager"
    status = 403
    sentence = _("Since %(day)s you are no longer the line manager of %(employee)s; nothing was saved.")
    hint = _("Pass on in person what matters, to them or to whoever leads them now.")
