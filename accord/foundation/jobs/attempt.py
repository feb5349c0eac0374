"""One attempt at one job."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskContext
from django_tasks.utils import normalize_json

from accord.foundation.faults import told_fault
from accord.foundation.jobs import leases
from accord.foundation.jobs.lease_backend import task_result
from accord.foundation.jobs.options import job_options
from accord.foundation.models import Job

logger = logging.getLogger(__name__)

_PAUSES = (0.2, 1, 5)


def run(job: Job) -> bool:
    """Run a claimed job and write down how it ended; false where another attempt owns it by now."""
    try:
        result = _call(job)
    except (Exception, SystemExit) as error:
        logger.exception("%s failed in attempt %s", job.task, job.attempts)
        text = told_fault(error)
        kept = _persist(lambda: leases.fail(job, text, job_options(), timezone.now()))
    else:
        kept = _persist(lambda: leases.finish(job, result, timezone.now()))
    if not kept:
        logger.warning("%s ended in attempt %s after its lease was lost", job.task, job.attempts)
    return kept


def _call(job: Job) -> Any:
    task = import_string(job.task)
    context = [TaskContext(task_result=task_result(job, task))] if task.takes_context else []
    return normalize_json(task.call(*context, *job.args, **job.kwargs))


def _persist(write: Callable[[], bool]) -> bool:
    """Write although the database is locked or restarts for a moment, lest finished work be done again."""
    for pause in _PAUSES:
        try:
            return write()
        except OperationalError:
            time.sleep(pause)
            close_old_connections()
    return write()
