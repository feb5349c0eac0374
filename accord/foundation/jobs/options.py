"""How jobs and reactions are run: the lengths of leases and pauses, the number of attempts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class JobOptions:
    """The setting `ACCORD_JOBS` names those that differ."""

    # A worker that was not heard of for this long is dead, and its jobs go to another.
    lease: timedelta = timedelta(seconds=30)
    # How often a worker with nothing to do looks for something.
    poll: timedelta = timedelta(seconds=0.5)
    max_attempts: int = 5
    first_pause: timedelta = timedelta(seconds=10)
    longest_pause: timedelta = timedelta(hours=1)
    # How long a fresh reaction is left to the process that recorded the fact.
    dispatch_grace: timedelta = timedelta(seconds=10)
    # How long a worker that is told to stop may go on with its jobs.
    stop_within: timedelta = timedelta(seconds=20)
    keep_done: timedelta = timedelta(days=7)
    keep_failed: timedelta = timedelta(days=90)

    @property
    def beat(self) -> timedelta:
        """How often a lease is renewed: twice may fail."""
        return self.lease / 3


def job_options() -> JobOptions:
    """The options in force."""
    changed: dict[str, Any] = settings.ACCORD_JOBS
    return JobOptions(**changed)
