"""Who may let a warning of the fit check stand: the two who edit the agreement."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.goals.models import Agreement
from accord.people.access import Actor, own_employee, visible_employees
from accord.people.models import Employee


def agreement_to_override(actor: Actor, pk: int) -> tuple[Agreement, Employee]:
    """The agreement `pk` and who speaks. Raises Http404 for strangers, PermissionDenied for those who only look."""
    agreements = Agreement.objects.filter(employee__in=visible_employees(actor))
    agreement, me = get_object_or_404(agreements, pk=pk), own_employee(actor)
    if me is None:
        raise Http404
    if me.pk not in (agreement.employee_id, agreement.manager_id):
        raise PermissionDenied
    return agreement, me
