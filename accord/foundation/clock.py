"""The day it is for the organisation."""

from datetime import date, datetime

from django.utils import timezone


def organisation_day(moment: datetime | None = None) -> date:
    """The day of a moment (of now) on the organisation's clock (`ACCORD_TIME_ZONE`), wherever the reader is.

    Roles, lines, periods and days to act by all hold by this one day. The reader's own zone, which they choose
    themselves, decides only how a moment is shown: nobody reaches yesterday's rights by moving their clock.
    """
    return timezone.localdate(moment, timezone.get_default_timezone())
