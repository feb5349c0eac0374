"""The same tasks over Celery, for many machines: every task travels by its path in one generic Celery task."""

from functools import partial
from typing import Any, ParamSpec, TypeVar

from celery import Celery
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id, normalize_json

from accord.foundation.backoff import backoff
from accord.foundation.jobs.options import job_options

P = ParamSpec("P")
T = TypeVar("T")

app = Celery("accord", set_as_current=False)
app.config_from_object("django.conf:settings", namespace="CELERY")


class CeleryBackend(BaseTaskBackend):
    """Sends a task to Celery's broker once the caller's transaction is committed.

    Brokers disagree on what a priority is, so none is sent: urgent tasks get a queue of their own.
    """

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        self.validate_task(task)
        result = _result(task, get_random_id(), normalize_json(args), normalize_json(kwargs))
        send = partial(
            run_task.apply_async,
            args=(task.module_path, result.args, result.kwargs),
            task_id=result.id,
            queue=task.queue_name,
            eta=task.run_after,
        )
        transaction.on_commit(send)
        return result


@app.task(bind=True, name="accord.run_task", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]
def run_task(self: Any, path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run the task at `path`; one that fails is tried again after a pause, as often as the lease backend would."""
    task = import_string(path)
    attempt = self.request.retries + 1
    context = [TaskContext(task_result=_result(task, self.request.id, args, kwargs, attempt))]
    try:
        task.call(*(context if task.takes_context else ()), *args, **kwargs)
    except Exception as error:
        options = job_options()
        pause = backoff(attempt, options.first_pause, options.longest_pause)
        raise self.retry(exc=error, countdown=pause.total_seconds(), max_retries=options.max_attempts - 1) from error


def _result(task: Task[P, T], task_id: str, args: Any, kwargs: Any, attempts: int = 0) -> TaskResult[T]:
    return TaskResult(
        task=task,
        id=task_id,
        status=TaskResultStatus.RUNNING if attempts else TaskResultStatus.READY,
        enqueued_at=None,
        started_at=None,
        finished_at=None,
        last_attempted_at=None,
        args=args,
        kwargs=kwargs,
        backend=task.backend,
        errors=[],
        worker_ids=["celery"] * attempts,
    )
