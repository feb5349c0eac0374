"""Cycles, read."""

from datetime import date

from django.db.models import QuerySet

from accord.goals.models import Cycle


def current_cycle(today: date) -> Cycle | None:
    """The cycle that `today` lies in, the latest begun first; None where the organisation has none yet."""
    return Cycle.objects.filter(starts_on__lte=today, ends_on__gte=today).order_by("-starts_on", "-id").first()


def cycles() -> QuerySet[Cycle]:
    """All cycles, the latest first."""
    return Cycle.objects.order_by("-starts_on", "-id")


def cycle_before(cycle: Cycle) -> Cycle | None:
    """The cycle that ended last before another begins."""
    return Cycle.objects.filter(ends_on__lt=cycle.starts_on).order_by("-ends_on", "-id").first()


def cycle_named(name: str) -> Cycle | None:
    """The cycle called `name`, if there is one."""
    return Cycle.objects.filter(name=name).first()
