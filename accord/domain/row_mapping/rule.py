"""A rule: how the rows of a stream become the values of a metric."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from accord.domain.row_mapping.filters import Filter
from accord.domain.working_time import WorkingHours

VERSION = 1
KEY = "_key"
"""The field that every row has: what the source calls it."""


class By(StrEnum):
    """What the name in a row is matched with."""

    EMPLOYEE_NO = "employee_no"
    EMAIL = "email"
    NAME = "name"
    ACCOUNT = "account"
    UNIT_PATH = "unit_path"


class Aggregate(StrEnum):
    """How the rows of one subject and period become one number."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    PERCENTILE = "percentile"
    RATIO = "ratio"
    WEIGHTED_MEAN = "weighted_mean"
    MIN = "min"
    MAX = "max"
    LAST = "last"


class Unit(StrEnum):
    """What a time between two instants is told in."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class Take(StrEnum):
    """What is taken of the rows of another stream that belong to one row."""

    FIRST = "first"
    LAST = "last"
    COUNT = "count"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A field that a row gets from the rows of another stream in which `theirs` is what its `own` is."""

    stream: str
    own: str
    theirs: str
    take: Take
    field: str
    filters: tuple[Filter, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Span:
    """The time from one field to another; with `hours` only the working time in it, without the days off if
    `has_days_off`.
    """

    start: str
    end: str
    unit: Unit
    hours: WorkingHours | None = None
    has_days_off: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """`value` is a field, a span or nothing to be measured; with `meets` a ratio is the share of rows that meet them,
    without it is the sum of `value` by the sum of `weight`.
    """

    who: str
    by: By
    when: str
    zone: ZoneInfo | None
    aggregate: Aggregate
    value: str | Span | None = None
    weight: str | None = None
    meets: tuple[Filter, ...] = ()
    filters: tuple[Filter, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    percentile: Decimal = Decimal(90)
    factor: Decimal = field(default=Decimal(1))

    def fields(self) -> frozenset[str]:
        """The fields that a row of the rule's own stream must have, apart from its key."""
        added = {lookup.name for lookup in self.lookups}
        return frozenset(name for name in self._named() if name not in added and name != KEY)

    def fields_of(self, stream: str) -> frozenset[str]:
        """The fields that a row of another stream must have to be looked up."""
        named = (name for lookup in self.lookups if lookup.stream == stream for name in _looked_up(lookup))
        return frozenset(name for name in named if name != KEY)

    def streams(self) -> frozenset[str]:
        """The other streams that are looked up."""
        return frozenset(lookup.stream for lookup in self.lookups)

    def _named(self) -> Iterator[str]:
        yield from (self.who, self.when)
        if isinstance(self.value, Span):
            yield from (self.value.start, self.value.end)
        elif self.value:
            yield self.value
        if self.weight:
            yield self.weight
        for each in (*self.filters, *self.meets):
            yield from each.own_fields()
        for lookup in self.lookups:
            yield lookup.own
            for each in lookup.filters:
                yield from each.compared_fields()


def _looked_up(lookup: Lookup) -> Iterator[str]:
    yield lookup.theirs
    if lookup.take is not Take.COUNT:
        yield lookup.field
    for each in lookup.filters:
        yield each.field
