"""Which periods have left the database."""

from __future__ import annotations

from collections.abc import Collection

from accord.metrics.models import StoredPeriod


def stored_period(period: int) -> StoredPeriod | None:
    """The period of this key if its values lie in a file."""
    return StoredPeriod.objects.filter(period=period).first()


def stored_among(periods: Collection[int]) -> set[int]:
    """Those of some periods (keys) whose values lie in a file."""
    return set(StoredPeriod.objects.filter(period__in=periods).values_list("period", flat=True))
