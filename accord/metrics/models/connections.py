"""Connections: how the numbers of a source are fetched, what was fetched, and which runs did it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.foundation.models.fields import ExactDecimalField
from accord.metrics.models.library import Metric
from accord.metrics.models.measurements import Batch, Source
from accord.people.models import Employee, OrgUnit


class Connection(models.Model):
    """How the rows of one source are fetched: the kind of connector, its settings, its secret and its rhythm.

    `settings` is what `metrics.connectors` reads and never holds a secret; `secret` is encrypted and never shown
    again. `cursor` says, stream by stream, how far the source was read; it is written in the transaction that writes
    the values.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being set up")
        ACTIVE = "active", _("running")
        PAUSED = "paused", _("paused")
        # Its numbers stay with their origin; it is not read again.
        ARCHIVED = "archived", _("put away")

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="connection")
    # The last part of the address that rows are pushed to. It cannot be guessed, and a token is asked for as well.
    address = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    preset = models.CharField(max_length=40, blank=True)
    settings = models.JSONField(default=dict)
    secret = models.TextField(blank=True)
    owner = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="connections")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    # Minutes between two runs; None: only when somebody asks, or when rows are pushed.
    every = models.PositiveIntegerField(null=True)
    next_run_at = models.DateTimeField(null=True)
    # By stream: {"at": what the connector gave, "fields": the fields that were kept, "versions": by mapping, the
    # version of the rule that its rows were last counted by}.
    cursor = models.JSONField(default=dict)
    # Since when it has not been possible to read the source, and why: `failure` is an error's code and values.
    failing_since = models.DateTimeField(null=True)
    failure = models.JSONField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "connections"
        indexes = [models.Index(fields=["next_run_at"], condition=Q(state="active"), name="connections_due")]

    def __str__(self) -> str:
        return f"{self.source_id} by {self.kind}"


class MetricMapping(models.Model):
    """How the rows of one stream of a connection become the values of one metric.

    `rule` is read by `domain/row_mapping`: the field of the person or unit and by what it is matched, the field of the
    time, filters, and how the rows of one subject and period become one number.
    """

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="mappings")
    stream = models.CharField(max_length=60)
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="mappings")
    rule = models.JSONField(default=dict)
    # Grows whenever the rule changes; batches name the version that they were made by.
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "mappings"
        constraints = [models.UniqueConstraint(fields=["connection", "metric"], name="one_mapping_per_metric")]

    def __str__(self) -> str:
        return f"{self.connection_id}/{self.stream} → {self.metric_id}"


class SourceRow(models.Model):
    """A row of a source as it was last read: only the fields that mappings use, its key there and where to open it.

    Every field is a text, or null where the source has nothing. `fields` itself is null once the row is so old that
    only what it counted for is kept. `digest` stands for fields and link when a reading is compared with what is here.
    """

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="rows", db_index=False)
    stream = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    fields = models.JSONField(null=True)
    link = models.CharField(max_length=500, blank=True)
    digest = models.BigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        db_table = "source_rows"
        constraints = [models.UniqueConstraint(fields=["connection", "stream", "key"], name="one_row_per_key")]

    def __str__(self) -> str:
        return f"{self.connection_id}/{self.stream} {self.key}"


class Identity(models.Model):
    """Who somebody is in a source: what it calls them, and the employee or unit that this is here.

    Everybody whom the source names has one, made by the first row; what it was once matched with stays, however names
    and addresses change. Without either it waits in the list to be resolved once; `is_ignored` says that it is nobody's
    (a robot, a shop). `rows` is how many rows it stands in.
    """

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="identities")
    by = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    employee = models.ForeignKey(Employee, null=True, on_delete=models.CASCADE, related_name="+")
    org_unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.CASCADE, related_name="+")
    is_ignored = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    resolved_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "source_identities"
        constraints = [
            models.UniqueConstraint(fields=["connection", "by", "name"], name="one_identity_per_name"),
            models.CheckConstraint(
                name="identity_is_at_most_one", condition=Q(employee__isnull=True) | Q(org_unit__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.connection_id}: {self.name}"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has said yet who this is."""
        return self.employee_id is None and self.org_unit_id is None and not self.is_ignored


class MappedRow(models.Model):
    """What one row contributes to one value: the way from a number down to the rows that made it.

    `subject` is the key of an employee, or of a unit with a minus before it; 0 while nobody is known by the name that
    the row gives (`identity`). `weight` is the second number of a ratio or of a weighted mean, `at` the instant that
    chose the period, in whole seconds since 1970.
    """

    NOBODY = 0

    mapping = models.ForeignKey(MetricMapping, on_delete=models.CASCADE, related_name="mapped_rows", db_index=False)
    row = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="mapped_rows", db_index=False)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="mapped_rows")
    subject = models.BigIntegerField()
    period = models.IntegerField()
    at = models.BigIntegerField()
    value = ExactDecimalField(null=True)
    weight = ExactDecimalField(null=True)

    class Meta:
        db_table = "mapped_rows"
        indexes = [models.Index(fields=["mapping", "subject", "period"], name="rows_of_value")]
        constraints = [models.UniqueConstraint(fields=["row", "mapping"], name="one_contribution_per_row")]

    def __str__(self) -> str:
        return f"{self.mapping_id}: {self.row_id}"

    @property
    def moment(self) -> datetime:
        """When it was."""
        return datetime.fromtimestamp(self.at, UTC)


class SyncRun(models.Model):
    """One reading of a source: when, how many rows, what became of them. A failed one changed nothing."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    # The last sign of life while it runs: a run that went silent is no longer waited for.
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # The first refused rows: [{"key", "code", "values"}]; all are counted.
    refusals = models.JSONField(default=list)
    failure = models.JSONField(null=True)
    batches: models.ManyToManyField[Batch, Batch] = models.ManyToManyField(Batch, related_name="sync_runs")
    # For pushed rows: the key under which a delivery is taken once, and the digest of what was delivered under it.
    idempotency_key = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "sync_runs"
        indexes = [models.Index(fields=["connection", "-started_at"], name="runs_of_connection")]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="one_delivery_per_key",
            ),
            models.UniqueConstraint(fields=["connection"], condition=Q(state="running"), name="one_run_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.connection_id} {self.started_at}: {self.state}"


class AllowedHost(models.Model):
    """A host in the private network, or any host of a database or an object store, that sources may be read from."""

    host = models.CharField(max_length=255)
    # 0 is any port.
    port = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200)
    allowed_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    allowed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "allowed_hosts"
        constraints = [models.UniqueConstraint(fields=["host", "port"], name="one_line_per_host")]

    def __str__(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host
