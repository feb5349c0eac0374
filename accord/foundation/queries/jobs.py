"""What the workers do, what waits, and what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import DatabaseError
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from accord.foundation.jobs.options import job_options
from accord.foundation.models import Delivery, Job, Worker

MOST_ROWS = 50
# A worker is seen every ten seconds, and a job waits seconds; these say that somebody should look.
WORKER_SILENT = timedelta(seconds=60)
JOB_OVERDUE = timedelta(minutes=15)

_WAITING, _RUNNING, _FAILED = (Q(state=state) for state in (Job.State.READY, Job.State.RUNNING, Job.State.FAILED))


@dataclass(frozen=True)
class Board:
    """The page of jobs: counts of everything, and the first rows of each kind."""

    waiting_count: int
    running_count: int
    failed_count: int
    failed_delivery_count: int
    workers: QuerySet[Worker]
    running: QuerySet[Job]
    waiting: QuerySet[Job]
    failed: QuerySet[Job]
    failed_deliveries: QuerySet[Delivery]


def jobs_board() -> Board:
    """The board as it is now."""
    jobs = Job.objects.defer("args", "kwargs", "result")
    counts = Job.objects.aggregate(
        waiting=Count("pk", filter=_WAITING), running=Count("pk", filter=_RUNNING), failed=Count("pk", filter=_FAILED)
    )
    failed_deliveries = _failed_deliveries()
    return Board(
        waiting_count=counts["waiting"],
        running_count=counts["running"],
        failed_count=counts["failed"],
        failed_delivery_count=failed_deliveries.count(),
        workers=_living_workers(),
        running=jobs.filter(_RUNNING).order_by("started_at")[:MOST_ROWS],
        waiting=jobs.filter(_WAITING).order_by("run_after")[:MOST_ROWS],
        failed=jobs.filter(_FAILED).order_by("-finished_at")[:MOST_ROWS],
        failed_deliveries=failed_deliveries.select_related("event").order_by("-next_attempt_at")[:MOST_ROWS],
    )


def board_version() -> str:
    """A text that changes whenever the board would look different."""
    jobs = Job.objects.aggregate(
        Count("pk"),
        Sum("attempts"),
        Max("enqueued_at"),
        Max("finished_at"),
        waiting=Count("pk", filter=_WAITING),
        running=Count("pk", filter=_RUNNING),
    )
    deliveries = _failed_deliveries().aggregate(Count("pk"), Max("next_attempt_at"))
    workers = sorted(_living_workers().values_list("name", flat=True))
    return sha256(repr((jobs, deliveries, workers)).encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Health:
    """What a monitor wants to know; nothing of any person. Ages are whole seconds, null where there is nothing."""

    ok: bool
    database: bool
    worker_seen_seconds_ago: int | None = None
    oldest_waiting_seconds: int | None = None
    failed_jobs: int = 0
    failed_deliveries: int = 0


def health() -> Health:
    """Whether the database answers, somebody works, and nothing waits too long. Failures are told, but do not make ill:
    a web server that is taken out of service mends none of them.
    """
    try:
        return _health(timezone.now())
    except DatabaseError:
        return Health(ok=False, database=False)


def _health(now: datetime) -> Health:
    seen = Worker.objects.aggregate(newest=Max("seen_at"))["newest"]
    due = Job.objects.filter(_WAITING, run_after__lte=now).aggregate(oldest=Min("run_after"))["oldest"]
    return Health(
        ok=seen is not None and now - seen < WORKER_SILENT and (due is None or now - due < JOB_OVERDUE),
        database=True,
        worker_seen_seconds_ago=_seconds(now, seen),
        oldest_waiting_seconds=_seconds(now, due),
        failed_jobs=Job.objects.filter(_FAILED).count(),
        failed_deliveries=_failed_deliveries().count(),
    )


def _seconds(now: datetime, then: datetime | None) -> int | None:
    return None if then is None else max(0, int((now - then).total_seconds()))


def _failed_deliveries() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=Delivery.State.FAILED)


def _living_workers() -> QuerySet[Worker]:
    return Worker.objects.filter(seen_at__gte=timezone.now() - 2 * job_options().lease).order_by("started_at")
