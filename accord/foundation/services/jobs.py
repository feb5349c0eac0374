"""Commands on jobs."""

from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks.base import Task

from accord.foundation.jobs.lease_backend import LeaseBackend
from accord.foundation.jobs.options import job_options
from accord.foundation.models import Delivery, Job, User
from accord.foundation.services.events import record

P = ParamSpec("P")
T = TypeVar("T")


def enqueue_once(task: Task[P, T], key: str, *args: P.args, **kwargs: P.kwargs) -> None:
    """Enqueue `task` unless a job with this `key` already waits for its first attempt.

    Over Celery there is nothing to look the key up in: there the job is enqueued each time, which costs a run more.
    """
    backend = task.get_backend()
    if isinstance(backend, LeaseBackend):
        backend.enqueue_once(task, key, args, kwargs)
    else:
        task.enqueue(*args, **kwargs)


def run_job_again(pk: UUID, *, actor: User | None) -> bool:
    """Let a failed job have all its attempts once more; false where it had not failed."""
    more = F("max_attempts") + job_options().max_attempts
    with transaction.atomic():
        failed = Job.objects.filter(pk=pk, state=Job.State.FAILED)
        values = {"state": Job.State.READY, "run_after": timezone.now(), "finished_at": None, "max_attempts": more}
        if not failed.update(**values):
            return False
        record("job.run_again", subject=f"jobs:{pk}", actor=actor, job_id=str(pk))
    return True


def run_delivery_again(pk: int, *, actor: User | None) -> bool:
    """Let a failed reaction have all its attempts once more; false where it had not failed."""
    with transaction.atomic():
        failed = Delivery.objects.filter(pk=pk, state=Delivery.State.FAILED)
        if not failed.update(state=Delivery.State.WAITING, attempts=0, next_attempt_at=timezone.now()):
            return False
        record("delivery.run_again", subject=f"event_deliveries:{pk}", actor=actor, delivery_id=pk)
    return True
