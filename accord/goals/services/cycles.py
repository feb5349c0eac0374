"""Cycles."""

from datetime import date, timedelta

from accord.domain.periods import Frequency, Period
from accord.goals.models import Cycle


def cycle_on(day: date) -> Cycle:
    """The cycle that holds on `day`; where the organisation has set none, the quarter around it is made."""
    if found := Cycle.objects.filter(starts_on__lte=day, ends_on__gte=day).order_by("-starts_on").first():
        return found
    quarter = Period.of(day, Frequency.QUARTER)
    made, _ = Cycle.objects.get_or_create(
        name=quarter.label, defaults={"starts_on": quarter.start, "ends_on": quarter.end}
    )
    return made


def cycle_after(day: date) -> Cycle:
    """The cycle that follows the last one begun by `day`; where there is none yet, the next quarter is made."""
    current = cycle_on(day)
    return cycle_on(current.ends_on + timedelta(days=1))
