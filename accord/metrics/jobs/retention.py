"""Old values leave by themselves, where the organisation says after how long."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django_tasks import task

from accord.domain.periods import Frequency, Period
from accord.foundation.clock import organisation_day
from accord.metrics.services.retention.bringing_back import forget_stored
from accord.metrics.services.retention.storing import periods_before, store_away

# A night's work: what is left over waits for the next one.
_A_NIGHT = 60


@task()
def retain_values() -> None:
    """Store away and forget what the settings say; with neither set this does nothing."""
    today = organisation_day()
    if settings.VALUES_MONTHS:
        for _stored in store_away(periods_before(months_before(today, settings.VALUES_MONTHS))[:_A_NIGHT]):
            pass
    if settings.STORED_VALUES_MONTHS:
        forget_stored(months_before(today, settings.STORED_VALUES_MONTHS))


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months before that of `day`."""
    return (Period.of(day, Frequency.MONTH) - months).start
