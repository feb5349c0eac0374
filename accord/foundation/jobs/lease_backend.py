"""Tasks kept in the app's own database."""

from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from accord.foundation.jobs.options import job_options
from accord.foundation.models import Job

P = ParamSpec("P")
T = TypeVar("T")

_STATUS = {
    Job.State.READY: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.FAILED: TaskResultStatus.FAILED,
}


class LeaseBackend(BaseTaskBackend):
    """Enqueues with one INSERT in the caller's transaction: a command that is rolled back leaves no job behind."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        job = self._job(task, args, kwargs)
        job.save(force_insert=True)
        return task_result(job, task)

    def enqueue_once(self, task: Task[P, T], key: str, args: Any, kwargs: Any) -> None:
        """Enqueue unless a job with this key waits for its first attempt.

        The statement locks the job that waits until the caller's transaction ends. So no worker starts it before the
        caller's rows can be seen, and nothing the caller did is missed.
        """
        job = self._job(task, args, kwargs, key)
        Job.objects.bulk_create([job], update_conflicts=True, unique_fields=["key"], update_fields=["key"])

    def get_result(self, result_id: str) -> TaskResult[Any]:
        try:
            job = Job.objects.get(pk=UUID(result_id))
        except (Job.DoesNotExist, ValidationError, ValueError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return task_result(job, import_string(job.task))

    def _job(self, task: Task[P, T], args: Any, kwargs: Any, key: str | None = None) -> Job:
        self.validate_task(task)
        return Job(
            task=task.module_path,
            queue=task.queue_name,
            args=normalize_json(args),
            kwargs=normalize_json(kwargs),
            priority=task.priority,
            run_after=task.run_after or timezone.now(),
            max_attempts=job_options().max_attempts,
            key=key,
        )


def task_result(job: Job, task: Task[P, T]) -> TaskResult[T]:
    """The job as the Tasks API shows it."""
    result: TaskResult[T] = TaskResult(
        task=task,
        id=str(job.pk),
        status=_STATUS[Job.State(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[TaskError(exception_class_path="builtins.Exception", traceback=job.error)] if job.error else [],
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
