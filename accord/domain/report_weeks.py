"""When the report of a week falls due: on Monday, at the reader's hour on the reader's clock, once the week is over.

A reader far to the east of the organisation has their Monday morning while the organisation still works on Sunday. The
numbers of the week are not complete then, so their report waits until the organisation's own week has ended.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accord.domain.periods import Frequency, Period

JUDGED_BY = time(1)
"""By this hour on the organisation's clock what ended at midnight is judged."""


def due_at(week: Period, reader: ZoneInfo, hour: int, home: ZoneInfo) -> datetime:
    """When the report of `week` falls due for a reader in the zone `reader`, in UTC; `home` is the organisation's."""
    monday = (week + 1).start
    theirs = datetime.combine(monday, time(hour), reader).astimezone(UTC)
    return max(theirs, datetime.combine(monday, JUDGED_BY, home).astimezone(UTC))


def newest_due(now: datetime, reader: ZoneInfo, hour: int, home: ZoneInfo) -> tuple[Period, datetime]:
    """The newest week whose report is due by `now`, and since when."""
    week = Period.of((now + timedelta(days=1)).astimezone(UTC).date(), Frequency.WEEK)
    while (due := due_at(week, reader, hour, home)) > now:
        week -= 1
    return week, due
