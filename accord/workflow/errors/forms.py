"""What cannot be done with a form that is filled in, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError

Problems = Mapping[str, Sequence[str]]
"""Place (a field, or a cell of a table) → sentences in the reader's language."""


class FormNotPublished(BusinessError):
    code = "form_not_published"
    sentence = _("Version %(number)s of “%(name)s” is not published, so it cannot be filled in.")
    hint = _("Fill in the published version, or publish this one first.")


class FillClosed(BusinessError):
    code = "form_fill_closed"
    sentence = _("This form has been submitted or discarded already; nothing was changed.")
    hint = _("Open it again to see how it stands. You may have it open in another window.")


class FillBusy(BusinessError):
    code = "form_fill_busy"
    sentence = _("This form is being saved from several places at once, and this save did not get through.")
    hint = _("Wait a moment and save again; what you wrote is still in this window.")


class AnswersTooLarge(BusinessError):
    code = "answers_too_large"
    status = 422
    sentence = _("The answers have more than %(limit)s KB of text; this save was not kept.")
    hint = _("Shorten the longest text, or attach it as a file.")


class AnswersNotAccepted(BusinessError):
    """`problems` says which, place by place. What was written is kept as a draft all the same."""

    code = "answers_not_accepted"
    status = 422
    sentence = _("%(count)s places need another look before this can be submitted.")
    hint = _("Each has its reason beside it. Nothing you wrote is lost.")

    def __init__(self, problems: Problems) -> None:
        super().__init__(count=len(problems))
        self.problems = problems


class FieldNotOptional(BusinessError):
    code = "field_not_optional"
    status = 422
    sentence = _("“%(label)s” is a core field, so it cannot be hidden for everybody.")
    hint = _("Make it optional in a new version first.")


class FileTooLarge(BusinessError):
    code = "attachment_too_large"
    status = 422
    sentence = _("“%(file)s” is larger than %(limit)s MB and was not taken.")
    hint = _("Make it smaller, or attach the part that matters.")


class FileEmpty(BusinessError):
    code = "attachment_empty"
    status = 422
    sentence = _("“%(file)s” is empty and was not taken.")
    hint = _("Check the file and attach it again.")


class FileTypeNotTaken(BusinessError):
    code = "attachment_type_not_taken"
    status = 422
    sentence = _("“%(file)s” is of a type that this field does not take.")
    hint = _("It takes: %(taken)s.")


class FileNotWhatItSays(BusinessError):
    code = "attachment_not_what_it_says"
    status = 422
    sentence = _("“%(file)s” is not what its name says: its content is no %(type)s file, so it was not taken.")
    hint = _("Save it anew in the program it comes from, and attach that.")


class TooManyFiles(BusinessError):
    code = "too_many_attachments"
    status = 422
    sentence = _("This field takes %(most)s files at most; “%(file)s” was not taken.")
    hint = _("Remove one first.")
