"""Living through history: the demo company's past is made by the product's own commands, each on its own day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def as_of(day: date, hour: int = 9) -> Iterator[None]:
    """Run the block as if it were `day`, `hour` o'clock, so that what it writes bears that date.

    Only for building the demo: the product itself takes the time from `timezone.now` and from nowhere else.
    """
    moment = timezone.make_aware(datetime.combine(day, time(hour)))
    with patch.object(timezone, "now", lambda: moment):
        yield
