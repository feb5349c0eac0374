"""What cannot be done in a calibration meeting, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class MeetingNotPlanned(BusinessError):
    code = "calibration_not_planned"
    sentence = _("This calibration meeting has been opened already; nothing was changed.")
    hint = _("Reload the page: its agenda and who belongs to it stand fast now.")


class MeetingNotOpen(BusinessError):
    code = "calibration_not_open"
    sentence = _("This calibration meeting is not in session; what you sent was not saved.")
    hint = _("Before it opens and once it is closed nothing is decided in it. Plan another one for what is left.")


class MeetingMovedOn(BusinessError):
    code = "calibration_moved_on"
    sentence = _("Somebody has written something down since you opened this page; the meeting was not closed.")
    hint = _("Reload the page, look at what is new, and close the meeting then.")


class MinutesMovedOn(BusinessError):
    code = "calibration_minutes_moved_on"
    sentence = _("Somebody has changed the minutes since you opened this page; what you wrote was not saved.")
    hint = _("Copy your words, reload the page and add them to what stands there now.")


class PointDecided(BusinessError):
    code = "calibration_point_decided"
    sentence = _("%(name)s has written down a decision on this point already; yours was not saved.")
    hint = _("Reload the page to read it. You can change it there.")


class NobodyToCalibrate(BusinessError):
    code = "calibration_without_agreements"
    sentence = _("Nobody in this team has an agreement in this cycle yet, so there is nothing to calibrate.")
    hint = _("Draft the agreements first; a meeting can be opened once one of them has been signed.")


class NothingAmended(BusinessError):
    code = "amendment_changes_nothing"
    status = 422
    sentence = _("Nothing differs from what is in force, so there is nothing to sign.")
    hint = _("Change a weight, a target, a threshold or a stretch first.")


class OtherTermsHold(BusinessError):
    code = "amendment_base_moved"
    sentence = _("On %(day)s another wording holds (number %(number)s) than the one these numbers were compared with.")
    hint = _(
        "Look at the history of the agreement, and choose a day on which the wording holds that you want to change."
    )
