"""What cannot be done with a check-in, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class CheckInCorrected(BusinessError):
    code = "check_in_corrected"
    sentence = _("This check-in has been corrected already; what you wrote was not saved.")
    hint = _("Open your check-ins and correct the newest wording. You may have it open in another window.")


class TooMuchEvidence(BusinessError):
    code = "check_in_too_many_files"
    status = 422
    sentence = _("A check-in takes %(most)s files at most; nothing was saved.")
    hint = _("Choose those that show most, or put the others behind a link.")
