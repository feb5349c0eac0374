"""What goals adds to pages of other apps."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from accord.foundation.clock import organisation_day
from accord.foundation.components.slots import waiting
from accord.goals.queries.agreement_lists import waiting_for
from accord.goals.queries.check_in_time import predicted
from accord.goals.queries.check_ins_due import Rhythm, is_due, rhythm_of
from accord.people.models import Employee

MOST_PRESSING = 3


def agreements_waiting(request: HttpRequest, me: Employee) -> SafeString:
    """Agreements that go no further without the reader, on Today; nothing where none waits."""
    terms = list(waiting_for(me)[:MOST_PRESSING])
    return waiting(request, "goals/agreements_today.html", {"waiting": terms}, len(terms))


def check_in_due(request: HttpRequest, me: Employee) -> SafeString:
    """A quiet line on Today while one's check-in is still to be made; nothing afterwards."""
    if not is_due(me, organisation_day()):
        return SafeString()
    context = {"is_daily": rhythm_of(me) == Rhythm.DAILY, "seconds": predicted()}
    return waiting(request, "goals/check_ins_today.html", context, 1)
