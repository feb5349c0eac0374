"""Who may see a series with its values, and who may change the library."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accord.metrics.models import Metric, Series
from accord.people.access import Actor, employee_for, org_unit_for, roles_of
from accord.people.models import RoleGrant

_KEEPERS = frozenset({RoleGrant.Role.HRBP, RoleGrant.Role.ADMINISTRATOR})


def series_for(actor: Actor, pk: int) -> Series:
    """The series `pk`, with its metric, if `actor` may see whose it is: the person, or the unit. Raises Http404.

    Those who may see a unit's numbers: its members, its head, the line above the head, its HRBP, executives.
    """
    series = get_object_or_404(Series.objects.select_related("metric", "employee", "org_unit"), pk=pk)
    if series.employee_id is not None:
        employee_for(actor, series.employee_id)
    elif series.org_unit_id is not None:
        org_unit_for(actor, series.org_unit_id)
    return series


def can_manage_metrics(user: Actor) -> bool:
    """Whether `user` may add metrics and change them."""
    return bool(roles_of(user) & _KEEPERS)


def require_metric_keeper(user: Actor) -> None:
    """Raise PermissionDenied (403) unless `user` may add metrics and change them."""
    if not can_manage_metrics(user):
        raise PermissionDenied


def metric_to_change(user: Actor, pk: int) -> Metric:
    """The metric `pk`, to change it. Raises Http404, or PermissionDenied for those who may only look."""
    metric = get_object_or_404(Metric.objects.select_related("owner"), pk=pk)
    require_metric_keeper(user)
    return metric
