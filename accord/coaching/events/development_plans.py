"""Facts about development plans. A draft is its maker's alone and leaves none."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "plan.shared": EventKind(_("a development plan was shared"), ("plan_id",)),
    "plan.changed": EventKind(_("a development plan was changed"), ("plan_id", "focus_id", "changed")),
    "plan.yes_said": EventKind(_("one side agreed to a development plan"), ("plan_id", "side", "edition")),
    "plan.yes_taken_back": EventKind(_("one side took its yes to a development plan back"), ("plan_id", "side")),
    "plan.agreed": EventKind(_("a development plan was agreed by both"), ("plan_id", "version_id")),
    "plan.noted": EventKind(_("progress of a development plan was noted"), ("plan_id", "note_id")),
    "plan.focus_marked": EventKind(
        _("a focus area of a development plan was marked"), ("plan_id", "focus_id", "state")
    ),
    "plan.handed_on": EventKind(_("a development plan was handed to the new manager"), ("plan_id", "before", "after")),
    "plan.closed": EventKind(_("a development plan was closed"), ("plan_id",)),
}
