"""Facts about forms."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {
    "form.filled": EventKind(_("a form was filled in"), ("fill_id", "version_id", "step", "subject")),
    "form.discarded": EventKind(_("a half-filled form was discarded"), ("fill_id", "version_id")),
    "form.fields_frozen": EventKind(_("optional fields were hidden for everybody"), ("form_id", "field_keys")),
    "form.fields_unfrozen": EventKind(_("optional fields are shown again"), ("form_id", "field_keys")),
}
