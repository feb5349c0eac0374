"""Work to be done outside a request, leased by workers."""

import uuid

from django.db import models


class Job(models.Model):
    """One call of a task. A worker holds it for the length of a lease that it renews while it works.

    A lease that ran out means the worker died: the next one takes the job over as a further attempt, and only the
    holder of the newest attempt may finish it. `key` makes a job unique while it waits for its first attempt; the
    worker that takes it lets go of the key, so that what happens meanwhile can ask for another run.
    """

    class State(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=200)
    queue = models.CharField(max_length=40, default="default")
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 (many jobs have none)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    enqueued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "jobs"
        indexes = [
            models.Index(
                fields=["queue", "-priority", "run_after"], condition=models.Q(state="ready"), name="jobs_ready"
            ),
            models.Index(fields=["lease_until"], condition=models.Q(state="running"), name="jobs_leased"),
            models.Index(fields=["finished_at"], name="jobs_finished"),
        ]

    @property
    def reason(self) -> str:
        """The last line of the error, which says what it was."""
        return self.error.strip().rpartition("\n")[2]

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"


class ScheduledRun(models.Model):
    """The newest time slot in which an entry of the schedule was enqueued; moved on by compare-and-set."""

    name = models.CharField(max_length=200, primary_key=True)
    slot = models.DateTimeField()

    class Meta:
        db_table = "scheduled_runs"

    def __str__(self) -> str:
        return f"{self.name} @ {self.slot}"


class Worker(models.Model):
    """A worker that was seen; `/healthz` and the jobs page tell from it whether anybody works."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "workers"

    def __str__(self) -> str:
        return self.name
