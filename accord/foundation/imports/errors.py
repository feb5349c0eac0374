"""Why an import cannot be started, loaded or shown."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class UnknownKind(BusinessError):
    code = "import_kind_unknown"
    status = 404
    sentence = _("There is no import called “%(kind)s”")
    hint = _("Choose one of: %(kinds)s.")


class FileNotFound(BusinessError):
    code = "import_file_not_found"
    status = 404
    sentence = _("There is no file %(file)s")
    hint = _("Check the path; on a shared drive, check that it is connected.")


class NotWaiting(BusinessError):
    """Somebody else, or a second click, was faster."""

    code = "import_not_waiting"
    sentence = _("This import no longer waits for a decision: it is %(state)s")
    hint = _("Reload the page to see what became of it.")


class MissingOption(BusinessError):
    code = "import_option_missing"
    status = 400
    sentence = _("“%(option)s” must be filled in for this import")
    hint = _("Say it with %(flag)s.")


class RowGone(BusinessError):
    code = "import_row_gone"
    status = 404
    sentence = _("Row %(row)s of %(file)s is not kept")
    hint = _("The file may have been deleted after its retention time.")


class Interrupted(BusinessError):
    """A fault of ours, not of the file."""

    code = "import_interrupted"
    status = 500
    sentence = _("The import was interrupted by a fault of the server. Nothing was written")
    hint = _("Try again; if it happens again, tell the administrator the number of this import: %(run)s.")
