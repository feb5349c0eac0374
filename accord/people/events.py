"""Facts about the organisation. Days are ISO dates; `changed` is {field: [before, after]} in words people know."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {
    "employee.joined": EventKind(_("somebody joined"), ("employee_id", "on")),
    "employee.moved": EventKind(_("unit, position or manager changed"), ("employee_id", "on", "changed")),
    "employee.changed": EventKind(_("an employee's record was changed"), ("employee_id", "changed")),
    "employee.left": EventKind(_("somebody left"), ("employee_id", "on")),
    "employee.returned": EventKind(_("somebody came back"), ("employee_id", "on")),
    "leave.noted": EventKind(_("somebody noted when they are away"), ("employee_id",)),
    "leave.ended": EventKind(_("a leave was taken back or ended early"), ("employee_id",)),
    "leave.imported": EventKind(_("a file of leave was loaded"), ("count",)),
    "people.imported": EventKind(_("a file of people was loaded"), ("run_id", "counts")),
    "role.granted": EventKind(
        _("a role was granted"), ("grant_id", "employee_id", "role", "org_unit_id", "valid_from", "valid_to")
    ),
    "role.revoked": EventKind(_("a role was revoked"), ("grant_id", "employee_id", "role", "org_unit_id", "last_day")),
}
