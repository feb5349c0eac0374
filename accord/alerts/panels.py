"""What alerts adds to Today."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accord.alerts.access.watch_list import watch_list_of
from accord.alerts.queries.watch_list import watched
from accord.people.access import is_manager
from accord.people.models import Employee

NEWEST = 3


def watch_list(request: HttpRequest, me: Employee) -> SafeString:
    """The newest of what the reader is not told of one by one; nothing for whoever leads nobody or has none."""
    if not is_manager(request.user):
        return SafeString()
    listed = watch_list_of(request.user)
    many = listed.count()
    if not many:
        return SafeString()
    context = {"watched": watched(listed[:NEWEST]), "many": many}
    return render_to_string("alerts/watch_list_today.html", context, request=request)
