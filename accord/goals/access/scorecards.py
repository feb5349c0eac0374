"""Who may see whose scorecards: exactly those who may see the person."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.goals.models import Scorecard
from accord.goals.queries.scorecard_pages import frozen_for
from accord.people.access import Actor, own_employee, visible_employees
from accord.people.models import Employee


def myself(actor: Actor) -> Employee:
    """The employee who `actor` is. Raises Http404 for an account without employment: nobody is scored."""
    me = own_employee(actor)
    if me is None:
        raise Http404
    return me


def scorecard_for(actor: Actor, pk: int) -> Scorecard:
    """The frozen scorecard `pk` if `actor` may see whose it is. Raises Http404."""
    return get_object_or_404(frozen_for(visible_employees(actor)), pk=pk)
