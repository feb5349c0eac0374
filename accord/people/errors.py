"""What people are told when a change of the organisation cannot be made."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class ReportsToThemselves(BusinessError):
    code = "reports_to_themselves"
    sentence = _("%(name)s cannot report to themselves.")
    hint = _("Choose another manager, or none.")


class ManagerCycle(BusinessError):
    code = "manager_cycle"
    sentence = _("%(manager)s reports to %(name)s, directly or further down, so the line would run in a circle.")
    hint = _("Change the manager of %(manager)s first.")


class ManagerHasLeft(BusinessError):
    code = "manager_has_left"
    sentence = _("%(manager)s has left and cannot be anybody's manager.")
    hint = _("Choose somebody who works here.")


class LineTooLong(BusinessError):
    code = "line_too_long"
    sentence = _("The line from %(name)s to the top would have more than %(limit)s levels.")
    hint = _("Check who reports to whom above and below %(name)s.")


class DayNotPossible(BusinessError):
    code = "day_not_possible"
    sentence = _("%(day)s cannot be the day of this change.")
    hint = _("Choose a day from %(first)s to %(last)s: after the last change that is known, and not in the future.")


class LastAdministrator(BusinessError):
    code = "last_administrator"
    sentence = _("%(name)s is the only administrator.")
    hint = _("Make somebody else an administrator first, so that nobody is locked out.")


class RoleNeedsUnit(BusinessError):
    code = "role_needs_unit"
    status = 400
    sentence = _("The role “%(role)s” is held over a unit.")
    hint = _("Name the unit.")


class RoleWithoutUnit(BusinessError):
    code = "role_without_unit"
    status = 400
    sentence = _("The role “%(role)s” is held over the whole organisation.")
    hint = _("Leave the unit out.")


class GrantNotPossible(BusinessError):
    code = "grant_not_possible"
    status = 400
    sentence = _("A role cannot end on %(last)s before it begins on %(first)s.")
    hint = _("Choose a later last day, or none.")


class AlreadyGranted(BusinessError):
    code = "already_granted"
    sentence = _("%(name)s already has the role “%(role)s” on these days.")
    hint = _("Revoke it first if its unit or days are to change.")


class NotWorkingHere(BusinessError):
    code = "not_working_here"
    sentence = _("%(name)s has left.")
    hint = _("Set the status to active first.")


class LeaveEndsFirst(BusinessError):
    code = "leave_ends_first"
    status = 400
    sentence = _("The last day of leave comes before the first.")
    hint = _("Choose a last day that is the first one or later.")


class LeaveIsOver(BusinessError):
    code = "leave_is_over"
    status = 400
    sentence = _("These days are over.")
    hint = _("Note leave that goes on or is to come; nothing needs to be moved for days that have passed.")


class LeaveTooLong(BusinessError):
    code = "leave_too_long"
    status = 400
    sentence = _("Leave of more than a year is not noted here.")
    hint = _("Ask HR to set your status to “on leave”: talks rest until you are back.")


class UnknownEmployee(BusinessError):
    code = "unknown_employee"
    status = 404
    sentence = _("There is no employee with the number %(number)s.")
    hint = _("Check the number, or import the person first.")


class UnknownPerson(BusinessError):
    code = "unknown_person"
    status = 404
    sentence = _("Nobody with the number or name “%(text)s” works here.")
    hint = _("Write the employee number or the whole name.")


class AmbiguousName(BusinessError):
    code = "ambiguous_name"
    status = 400
    sentence = _("Several people are called %(name)s: %(choices)s.")
    hint = _("Write the number of the one you mean.")


class NoLongerHere(BusinessError):
    code = "no_longer_here"
    sentence = _("%(name)s does not work here any more.")
    hint = _("Choose somebody who works here.")


class UnknownUnit(BusinessError):
    code = "unknown_unit"
    status = 404
    sentence = _("There is no unit %(path)s.")
    hint = _("Write the path from the top, such as “Company/Sales/East”, or import it with its people first.")
