"""Facts about coaching tasks."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "coaching_task.opened": EventKind(_("a coaching task was opened"), ("task_id",)),
    "coaching_task.step_taken": EventKind(_("a step of a coaching task was taken"), ("task_id", "kind", "alert_id")),
    "coaching_task.snoozed": EventKind(_("a coaching task was put off"), ("task_id", "until")),
    "coaching_task.resumed": EventKind(_("a coaching task is due again"), ("task_id",)),
    "coaching_task.moved": EventKind(_("a coaching task moved to another manager"), ("task_id", "before", "after")),
    "coaching_task.escalated": EventKind(_("a coaching task was passed up the line"), ("task_id", "level")),
    "coaching_task.closed": EventKind(_("a coaching task was closed"), ("task_id", "outcome", "alert_id")),
}
