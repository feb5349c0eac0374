"""What cannot be done with the archive, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class KeyMissing(BusinessError):
    """The private half of the key in force is not where it should be."""

    code = "archive_key_missing"
    status = 500
    sentence = _("The archive cannot be sealed: its key is not in %(file)s")
    hint = _("Bring the file back from the backup of ACCORD_HOME. Nothing is lost; what was kept is sealed afterwards.")


class RotatedElsewhere(BusinessError):
    """Two people made a new key at the same moment."""

    code = "archive_key_changed_elsewhere"
    sentence = _("Somebody else has just made a new key for the archive")
    hint = _("Nothing else needs to be done; “accord archive status” shows the key in force.")


class NothingSealed(BusinessError):
    """An export of an empty archive."""

    code = "archive_empty"
    sentence = _("The archive holds nothing yet, so nothing was exported")
    hint = _("It begins with the first thing that is signed or published.")


class FolderNotEmpty(BusinessError):
    """An export into a folder that has something in it."""

    code = "archive_folder_not_empty"
    sentence = _("The folder %(folder)s is not empty, so nothing was exported")
    hint = _("Name a new folder; an export never mixes with other files.")


class FolderUnusable(BusinessError):
    """A folder that cannot be written to or read."""

    code = "archive_folder_unusable"
    sentence = _("The folder %(folder)s cannot be used: %(reason)s")
    hint = _("Name another folder, or give this account the right to it.")


class ErasureNeedsReason(BusinessError):
    """An erasure without a reason."""

    code = "archive_erasure_without_reason"
    status = 422
    sentence = _("An erasure needs a reason, because it is recorded for good")
    hint = _("Give it with --reason; do not name the person in it.")


class NothingToErase(BusinessError):
    """An erasure of somebody about whom the archive holds nothing."""

    code = "archive_nothing_to_erase"
    sentence = _("The archive holds no content about %(name)s")
    hint = _("It may have been erased before; “accord archive status” counts the erasures.")


class ErasureMustWait(BusinessError):
    """An erasure that could not be sealed."""

    code = "archive_erasure_must_wait"
    sentence = _("The erasure is recorded but not yet carried out")
    hint = _("It is carried out by itself once the record is sealed; “accord archive status” shows what waits.")


class WitnessesUnreached(BusinessError):
    """A head that some of the addresses outside did not take."""

    code = "archive_witnesses_unreached"
    status = 500
    sentence = _("The newest head could not be sent to %(count)s witnesses")
    hint = _("It is tried again by itself. Check ACCORD_MAIL_URL and ACCORD_ARCHIVE_WITNESSES.")
