"""Living through history: the demo company's past is made by the product's own commands, each on its own day."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import count
from unittest.mock import patch

from django.utils import timezone

from accord.domain.talk_rhythm import last_workday
from accord.domain.working_time import ordinary

Story = Iterator[datetime]
"""Does something each time it is gone on with, and says when it goes on."""


@contextmanager
def as_of(day: date, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """Run the block as if it were `day`, `hour` o'clock, so that what it writes bears that date.

    Only for building the demo: the product itself takes the time from `timezone.now` and from nowhere else.
    """
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    with patch.object(timezone, "now", lambda: moment):
        yield


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day, as a story says when it goes on."""
    return datetime.combine(day, time(hour, minute))


def workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return last_workday(day, ordinary)


class Calendar:
    """Stories that go on side by side, each at its own times."""

    def __init__(self) -> None:
        self._due: list[tuple[datetime, int, Story]] = []
        self._numbers = count()

    def add(self, story: Story) -> None:
        """Begin a story: it runs to its first time."""
        self._wait(story)

    def live_until(self, moment: datetime) -> None:
        """Go on with whatever is due before `moment`, in the order of time."""
        while self._due and self._due[0][0] < moment:
            at, _number, story = heapq.heappop(self._due)
            with as_of(at.date(), at.hour, at.minute):
                self._wait(story)

    def _wait(self, story: Story) -> None:
        at = next(story, None)
        if at is not None:
            heapq.heappush(self._due, (at, next(self._numbers), story))
