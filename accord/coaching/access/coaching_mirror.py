"""Who may see the mirror of a manager's coaching: the manager themselves, and nobody else, whatever their role.

Its address names no person, so there is none whose mirror could be asked for.
"""

from django.http import Http404

from accord.people.access import Actor, is_manager, own_employee
from accord.people.models import Employee


def myself_as_coach(actor: Actor) -> Employee:
    """The manager who `actor` is. Raises Http404 for whoever leads nobody today."""
    me = own_employee(actor)
    if me is None or not is_manager(actor):
        raise Http404
    return me
