"""What coaching keeps in the archive, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text

KINDS: Mapping[str, Text] = {
    "plan.agreed": _("development plan agreed by both"),
}
