"""Commands on jobs."""

from typing import ParamSpec, TypeVar

from django_tasks.base import Task

from accord.foundation.jobs.lease_backend import LeaseBackend

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
