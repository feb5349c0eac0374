"""A group: the readers of one week who are written to together, and the week as it is for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from accord.alerts.services.sql import Statement
from accord.domain.periods import Frequency, Period
from accord.insights.queries.lights import newest_periods
from accord.people.models import Employee

LISTED = 5
"""A report names as many of a kind and counts the rest."""

# CROSS JOIN, here and in what is built on it, keeps SQLite going from the few readers to the many values: by itself it
# would begin with all values of a period. PostgreSQL reads it as any other join.
_REACH = """
    SELECT c.ancestor_id AS reader_id, s.id AS series_id, c.depth
    FROM org_closure c CROSS JOIN series s
    WHERE s.employee_id = c.descendant_id AND c.valid_to IS NULL AND c.depth > 0 AND c.ancestor_id IN (<readers>)
    UNION ALL
    SELECT c.ancestor_id, s.id, c.depth
    FROM org_closure c CROSS JOIN org_units u CROSS JOIN series s
    WHERE u.head_id = c.descendant_id AND s.org_unit_id = u.id
      AND c.valid_to IS NULL AND c.ancestor_id IN (<readers>)
"""


@dataclass(frozen=True)
class ReaderGroup:
    """`since` and `until` bound the facts that a report tells of: from the moment the last was due to this one's.

    `now` and `then` are the newest periods with values as the boards show them on this Monday and the one before.
    """

    week: Period
    readers: Sequence[int]
    until: datetime
    now: Mapping[Frequency, Period]
    then: Mapping[Frequency, Period]

    @classmethod
    def of(cls, week: Period, readers: Sequence[int], until: datetime) -> ReaderGroup:
        """The group of `week` for `readers`, whose reports are due at `until`."""
        return cls(week, readers, until, newest_periods((week + 1).start), newest_periods(week.start))

    @property
    def since(self) -> datetime:
        return self.until - timedelta(days=7)

    @property
    def monday(self) -> date:
        """The day on which the report is read."""
        return (self.week + 1).start

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The periods to compare, as keys: those of which the newest is another than a week ago."""
        return [
            (period.key, self.then[frequency].key)
            for frequency, period in self.now.items()
            if frequency in self.then and self.then[frequency] != period
        ]

    def people(self) -> QuerySet[Employee]:
        """The readers themselves."""
        return Employee.objects.filter(pk__in=self.readers)

    def reach(self) -> Statement:
        """(reader, series, depth) of everything that readers answer for.

        That is the KPIs of everybody below them in the line, and of the units headed by them or by somebody below.
        """
        keys = Statement(", ".join(["%s"] * len(self.readers)), tuple(self.readers))
        # Both halves name the readers, so their parameters come twice.
        return Statement(_REACH.replace("<readers>", keys.sql), keys.params * 2)
