"""How long to wait before trying again."""

import random
from datetime import timedelta


def backoff(attempt: int, first: timedelta, longest: timedelta) -> timedelta:
    """Return the pause after the failed attempt number `attempt` (1, 2, …): doubled each time, never above `longest`.

    Between half and all of it, by chance, so that what failed together does not come back together.
    """
    pause = min(first * 2.0 ** min(attempt - 1, 40), longest)
    return pause * random.uniform(0.5, 1)  # noqa: S311 (no secret)
