"""What insights keeps in the archive, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text

KINDS: Mapping[str, Text] = {
    "values.stored_away": _("digest of a period's values that left the database"),
}
