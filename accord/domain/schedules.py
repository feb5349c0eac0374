"""Which target holds in which periods: a target for every period of a stretch, replaced in some of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accord.domain.periods import Frequency, Period


@dataclass(frozen=True)
class Segment:
    """A target from one period to another, both inclusive."""

    first: int
    last: int
    target: Decimal


def periods_within(first: date, last: date, frequency: Frequency) -> tuple[int, int] | None:
    """The keys of the first and last period that end on a day from `first` to `last`; None where none does."""
    start, end = Period.of(first, frequency), Period.of(last, frequency)
    if end.end > last:
        end = end - 1
    return (start.key, end.key) if start <= end else None


def segments(first: int, last: int, target: Decimal, schedule: Sequence[tuple[int, int, Decimal]]) -> Iterator[Segment]:
    """The periods from `first` to `last` with `target`, or with what the schedule, which is in order, says instead.

    What the schedule says outside of them does not count.
    """
    at = first
    for begins, ends, special in schedule:
        begins, ends = max(begins, at), min(ends, last)
        if begins > ends:
            continue
        if at < begins:
            yield Segment(at, begins - 1, target)
        yield Segment(begins, ends, special)
        at = ends + 1
    if at <= last:
        yield Segment(at, last, target)
