"""Clearing away what was done long ago."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from accord.foundation.jobs.options import job_options
from accord.foundation.models import Delivery, Job, Worker


@task
def prune() -> None:
    """Delete jobs and deliveries that ended long ago, sooner the good ones, and workers that went without a word."""
    now, options = timezone.now(), job_options()
    done, failed = now - options.keep_done, now - options.keep_failed
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=done).delete()
    Job.objects.filter(state=Job.State.FAILED, finished_at__lt=failed).delete()
    # An ended delivery has no further attempt: its time stands where the last one was.
    Delivery.objects.filter(state=Delivery.State.DONE, next_attempt_at__lt=done).delete()
    Delivery.objects.filter(state=Delivery.State.FAILED, next_attempt_at__lt=failed).delete()
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
