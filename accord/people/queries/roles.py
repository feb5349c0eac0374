"""Who was granted what."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accord.foundation.clock import organisation_day
from accord.people.models import RoleGrant


def role_grants(*, ended: bool = False) -> QuerySet[RoleGrant]:
    """The grants that hold today or will (or those that have ended), by role and person."""
    today = organisation_day()
    wanted = Q(valid_to__lt=today) if ended else Q(valid_to=None) | Q(valid_to__gte=today)
    people = RoleGrant.objects.filter(wanted).select_related("employee__org_unit", "org_unit")
    return people.order_by("role", "employee__employee_no", "-valid_from", "pk")
