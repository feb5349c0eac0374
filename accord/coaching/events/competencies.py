"""Facts about competencies."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "competency.assessed": EventKind(
        _("competencies of somebody were assessed"), ("employee_id", "side", "competencies")
    ),
    "competency.changed": EventKind(_("a competency was changed"), ("competency_id", "changed")),
}
