"""What cannot be done with a voice or video message, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class RecordingTooLarge(BusinessError):
    code = "recording_too_large"
    status = 413
    sentence = _("This recording has %(size)s MB; up to %(most)s MB are taken. Nothing was uploaded.")
    hint = _("Record it here, which keeps five minutes well below that, or make it shorter.")


class RecordingTooLong(BusinessError):
    code = "recording_too_long"
    status = 422
    sentence = _("This recording is longer than %(most)s minutes; nothing was uploaded.")
    hint = _("Keep to one occasion. What needs longer is better said in a one-on-one.")


class RecordingEmpty(BusinessError):
    code = "recording_empty"
    status = 422
    sentence = _("There is nothing in this recording.")
    hint = _("Record it again, or choose the file once more.")


class RecordingTypeNotTaken(BusinessError):
    code = "recording_type_not_taken"
    status = 422
    sentence = _("Files of this type are not taken: %(file)s")
    hint = _("Sound: MP3, M4A, OGG, WAV, WebM. Video: MP4, WebM.")


class RecordingNotWhatItSays(BusinessError):
    code = "recording_not_what_it_says"
    status = 422
    sentence = _("The content of this file is not %(type)s, whatever its name says. It was not kept.")
    hint = _("Save it anew as sound or video, or record it here.")


class TooManyRecordings(BusinessError):
    code = "too_many_recordings"
    sentence = _("A feedback carries up to %(most)s recordings.")
    hint = _("Delete one of them first.")


class RecordingsUnsentFull(BusinessError):
    code = "recordings_unsent_full"
    status = 422
    sentence = _("Your unsent feedback carries %(used)s MB of recordings already; %(most)s MB are kept at most.")
    hint = _("Send one of your drafts or throw one away, or delete a recording. Then try again.")


class RecordingsFull(BusinessError):
    code = "recordings_full"
    status = 422
    sentence = _("Your recordings take %(used)s MB already; %(most)s MB of one person are kept at most.")
    hint = _("Delete one that has been heard, or wait: each goes by itself when its time is over.")


class FeedbackIsSent(BusinessError):
    code = "recording_after_sending"
    sentence = _("This feedback was sent already, so no recording can be added to it.")
    hint = _("Write a new feedback, or talk about it in the next one-on-one.")


class RecordingGone(BusinessError):
    code = "recording_gone"
    status = 410
    sentence = _("This recording is gone.")
    hint = _("Its time was over, or its sender deleted it. The words of the feedback are still there.")


class PieceOutOfPlace(BusinessError):
    code = "recording_piece_out_of_place"
    sentence = _("This part does not follow the one before; nothing of it was kept.")
    hint = _("Ask how far the upload has come and go on from there. Another window may be sending the same recording.")


class UploadNotUnderstood(BusinessError):
    code = "recording_upload_not_understood"
    status = 400
    sentence = _("This upload was not understood: %(reason)s")
    hint = _("Uploads follow version 1.0.0 of the tus protocol.")


class RecordingsAway(BusinessError):
    code = "recordings_away"
    status = 500
    sentence = _("The place where recordings lie does not answer at the moment.")
    hint = _("Try again in a few minutes: an upload goes on where it stopped. If it lasts, tell your administrator.")
