"""What time causes: which task runs when. Times of day are on the organisation's clock (`ACCORD_TIME_ZONE`)."""

from datetime import time

from accord.foundation.jobs.pruning import prune
from accord.foundation.jobs.schedule import Daily, Every

SCHEDULE: tuple[Every | Daily, ...] = (Daily(time(3, 30), prune),)
