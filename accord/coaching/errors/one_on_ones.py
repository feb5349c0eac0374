"""What cannot be done with a one-on-one, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class RhythmStands(BusinessError):
    code = "one_on_one_rhythm_stands"
    sentence = _("The two of you have a rhythm already; nothing was changed.")
    hint = _("Open it to change the day or the time. You may have it open in another window.")


class RhythmEnded(BusinessError):
    code = "one_on_one_rhythm_ended"
    sentence = _("This rhythm has ended; nothing was changed.")
    hint = _("Rhythms follow the line manager. Open your one-on-ones to see the one that holds now.")


class RhythmChanged(BusinessError):
    code = "one_on_one_rhythm_changed"
    sentence = _("The other of you changed this rhythm meanwhile; yours was not saved.")
    hint = _("Look at what stands now, then change it again if you still want to.")


class RhythmRefused(BusinessError):
    code = "one_on_one_rhythm_refused"
    status = 422
    sentence = _("This rhythm cannot be used: %(reason)s")
    hint = _("Choose one of the rhythms on the page, or a rule by weeks or months that still has days ahead.")


class TalkOver(BusinessError):
    code = "one_on_one_over"
    sentence = _("This talk is over; nothing was changed.")
    hint = _("Open it again to see how it ended. You may have it open in another window.")


class TalkChanged(BusinessError):
    code = "one_on_one_changed"
    sentence = _("The other of you moved this talk meanwhile; nothing was changed.")
    hint = _("Look at the new time, then move it again if it does not suit you.")


class TalkRuns(BusinessError):
    code = "one_on_one_runs"
    sentence = _("You are in the middle of this talk; it cannot be moved or skipped.")
    hint = _("End it first. What is still open goes to the next one by itself.")


class TalkNotBegun(BusinessError):
    code = "one_on_one_not_begun"
    sentence = _("This talk has not begun; there is nothing to end.")
    hint = _("Begin it first, move it, or skip it with a word.")


class TimeTaken(BusinessError):
    code = "one_on_one_time_taken"
    sentence = _("The two of you have a talk at that time already; nothing was changed.")
    hint = _("Choose another time.")


class AgendaFull(BusinessError):
    code = "one_on_one_agenda_full"
    sentence = _("This agenda holds %(limit)s points and takes no more; yours was not added.")
    hint = _("Drop what is not needed any more, or keep the point for the next talk.")


class PointSettled(BusinessError):
    code = "one_on_one_point_settled"
    sentence = _("This point was settled or carried over meanwhile; nothing was changed.")
    hint = _("Open the talk again to see where it stands.")


class NoteTooLong(BusinessError):
    code = "one_on_one_note_too_long"
    status = 422
    sentence = _("A note holds %(limit)s characters; the last words were not saved.")
    hint = _("Shorten it a little, or put long texts into a document and write its link here.")


class NoteBusy(BusinessError):
    code = "one_on_one_note_busy"
    sentence = _("This note is open in several windows that all write; the last words are still in this one.")
    hint = _("Close the other windows, look at what stands in the note, and save again.")
