"""Who may see whose check-ins: exactly those who may see the person. Writing is for the person alone."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.goals.models import CheckIn, CheckInFile
from accord.people.access import Actor, own_employee, visible_employees
from accord.people.models import Employee


def myself(actor: Actor) -> Employee:
    """The employee who `actor` is. Raises Http404 for an account without employment: there is nobody to write about."""
    me = own_employee(actor)
    if me is None:
        raise Http404
    return me


def check_in_to_correct(actor: Actor, pk: int) -> CheckIn:
    """The check-in `pk` of `actor`. Raises Http404, or PermissionDenied for those who may only read it."""
    seen = CheckIn.objects.filter(employee__in=visible_employees(actor)).select_related("employee__user")
    check_in = get_object_or_404(seen, pk=pk)
    if check_in.employee != own_employee(actor):
        raise PermissionDenied
    return check_in


def check_in_file_for(actor: Actor, pk: int) -> CheckInFile:
    """The file `pk` if `actor` may see whose it is. Raises Http404."""
    return get_object_or_404(CheckInFile.objects.filter(check_in__employee__in=visible_employees(actor)), pk=pk)
