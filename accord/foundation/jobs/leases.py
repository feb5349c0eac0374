"""Who holds which job. Every step is one compare-and-set, so any number of workers may try at once."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from accord.foundation.backoff import backoff
from accord.foundation.jobs.options import JobOptions
from accord.foundation.models import Job

_LONGEST_ERROR = 8_000


def claim(worker: str, queues: Collection[str], lease: timedelta, now: datetime) -> Job | None:
    """Give `worker` the next waiting job of `queues` for the length of a lease, or None where nothing is due."""
    due = Job.objects.filter(state=Job.State.READY, queue__in=queues, run_after__lte=now)
    if not due.exists():  # an idle worker takes no lock
        return None
    # PostgreSQL steps over rows that others are just taking; SQLite's transaction holds the only write lock.
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).order_by("-priority", "run_after").first()
        if job:
            job.state, job.worker, job.key = Job.State.RUNNING, worker, None
            job.attempts += 1
            job.started_at, job.lease_until = now, now + lease
            job.save(update_fields=["state", "worker", "key", "attempts", "started_at", "lease_until"])
    return job


def renew(jobs: Collection[Job], lease: timedelta, now: datetime) -> int:
    """Lengthen the leases of `jobs` that their workers still hold; return how many those are."""
    return sum(_held(job).update(lease_until=now + lease) for job in jobs)


def finish(job: Job, result: Any, now: datetime) -> bool:
    """Mark the attempt as done. False where the lease was lost: another attempt owns the job, nothing is written."""
    return bool(_held(job).update(state=Job.State.DONE, result=result, error="", finished_at=now, lease_until=None))


def fail(job: Job, error: str, options: JobOptions, now: datetime) -> bool:
    """Put the job back to be tried again after a pause, or mark it as failed after its last attempt."""
    if job.attempts >= job.max_attempts:
        return bool(_held(job).update(**_failed(error, now)))
    pause = backoff(job.attempts, options.first_pause, options.longest_pause)
    return bool(_held(job).update(**_waiting(now + pause), error=error[-_LONGEST_ERROR:]))


def give_back(jobs: Collection[Job], now: datetime) -> int:
    """Let others run at once what this worker cannot finish; return how many jobs those are."""
    return sum(_held(job).update(**_waiting(now)) for job in jobs)


def release_expired(now: datetime) -> int:
    """Put back the jobs of workers that died, and fail those that took a worker with them in every attempt."""
    expired = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now)
    if not expired.exists():
        return 0
    lost = expired.filter(attempts__gte=F("max_attempts"))
    return lost.update(**_failed("the worker stopped while the job ran", now)) + expired.update(**_waiting(now))


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker, attempts=job.attempts)


def _waiting(run_after: datetime) -> dict[str, Any]:
    return {"state": Job.State.READY, "run_after": run_after, "worker": "", "lease_until": None}


def _failed(error: str, now: datetime) -> dict[str, Any]:
    return {
        "state": Job.State.FAILED,
        "error": error[-_LONGEST_ERROR:],
        "finished_at": now,
        "lease_until": None,
    }
