"""What workflow adds to the side bar and to Today."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.safestring import SafeString

from accord.foundation.components.slots import waiting
from accord.people.access import own_employee_id
from accord.people.models import Employee
from accord.workflow.queries.flow_lists import owed, urgent_first
from accord.workflow.queries.flows import inbox

MOST_PRESSING = 3
_MEMO = "_inbox_count_of_this_request"


def inbox_count(request: HttpRequest) -> int:
    """How much waits for the reader, for the badge of the side bar: one statement over the index of open tasks."""
    # Only the key counts here, and every page asks: the person themselves need not be fetched.
    me = own_employee_id(request.user)
    if not hasattr(request, _MEMO):
        setattr(request, _MEMO, owed(inbox(Employee(pk=me))).count() if me else 0)
    count: int = getattr(request, _MEMO)
    return count


def waiting_for_me(request: HttpRequest, me: Employee) -> SafeString:
    """The most pressing approvals, on Today; nothing where nothing waits."""
    tasks = list(urgent_first(owed(inbox(me)))[:MOST_PRESSING])
    if not tasks:
        return SafeString()
    return waiting(request, "workflow/flows/today_panel.html", {"tasks": tasks, "me": me}, inbox_count(request))
