"""What cannot be done with minutes, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class TalkNotBegun(BusinessError):
    code = "minutes_before_talk"
    sentence = _("This talk has not been held yet; minutes are written of what was said.")
    hint = _("Begin the talk first, or wait until its time has come.")


class MinutesStanding(BusinessError):
    code = "minutes_standing"
    sentence = _("There are minutes of this talk already; nothing was begun anew.")
    hint = _("Open the talk again to find them. The other side may just have begun them.")


class MinutesClosed(BusinessError):
    code = "minutes_closed"
    sentence = _("These minutes are no longer a draft; what you have just written was not added to them.")
    hint = _("What you wrote is still in this window. Open the minutes again to see where they stand.")


class MinutesChanged(BusinessError):
    code = "minutes_changed"
    sentence = _("The other side has written in these minutes since you opened them; they were not laid out.")
    hint = _("Read them once more, then lay them out. Your own words are kept.")


class MinutesIncomplete(BusinessError):
    code = "minutes_incomplete"
    sentence = _("These minutes are not complete yet; nothing was laid out.")
    hint = _("What is missing is said beside each field.")


class MinutesTooLarge(BusinessError):
    code = "minutes_too_large"
    sentence = _("These minutes are longer than %(limit)s KB; what you have just written was not saved.")
    hint = _("Minutes hold decisions and commitments in a few lines. Keep what is longer in a document of its own.")


class MinutesBusy(BusinessError):
    code = "minutes_busy"
    sentence = _("These minutes are being saved from several windows at once.")
    hint = _("Wait a moment and save again; nothing is lost.")
