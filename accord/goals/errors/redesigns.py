"""Why a redesign cannot go on as asked."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class StepStale(BusinessError):
    code = "redesign_step_stale"
    sentence = _("%(name)s has saved this step in the meantime; what you wrote is still here and not saved yet.")
    hint = _("Compare the two below. Saving again puts yours in the place of theirs.")


class RedesignEnded(BusinessError):
    code = "redesign_ended"
    sentence = _("This redesign is over, so nothing was saved.")
    hint = _("Open the position to see its newest map, or begin another redesign.")


class RedesignMoved(BusinessError):
    code = "redesign_moved"
    sentence = _("Something was saved after you opened the summary, so the map was not published.")
    hint = _("Read the summary once more, then publish.")


class RedesignIncomplete(BusinessError):
    code = "redesign_incomplete"
    status = 422
    sentence = _("The redesign is not complete yet: %(missing)s.")
    hint = _("Go back to the steps that are marked, then publish.")


class NotTheirPosition(BusinessError):
    code = "redesign_not_their_position"
    status = 422
    sentence = _("%(name)s does not hold this position.")
    hint = _("Choose somebody who holds it today.")
