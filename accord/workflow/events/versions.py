"""Facts about what is designed. `kind` is the code of the kind of definition, such as `form`."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

_WHICH = ("kind", "definition_id", "version_id")

EVENTS: Mapping[str, EventKind] = {
    "definition.made": EventKind(_("a definition was made"), ("kind", "definition_id")),
    "definition.changed": EventKind(
        _("the settings of a definition were changed"), ("kind", "definition_id", "changed")
    ),
    "version.drafted": EventKind(_("a new version was begun"), _WHICH),
    "version.discarded": EventKind(_("a draft was discarded"), _WHICH),
    "version.submitted": EventKind(_("a version was sent through approval"), (*_WHICH, "instance_id")),
    "version.approved": EventKind(_("a version was approved"), _WHICH),
    "version.sent_back": EventKind(_("a version came back from approval"), _WHICH),
    "version.published": EventKind(_("a version was published"), _WHICH),
    "version.retired": EventKind(_("a version was retired"), _WHICH),
}
