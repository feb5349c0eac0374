"""Reads of goals. Target in force, weight and method come from here for alerts, scorecards and reports alike."""

from django.db.models import QuerySet

from accord.goals.models import KpiTarget


def targets_in_force(period: int) -> QuerySet[KpiTarget]:
    """The targets that hold in `period` (a period key), at most one per series."""
    return KpiTarget.objects.filter(from_period__lte=period, to_period__gte=period)
