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
