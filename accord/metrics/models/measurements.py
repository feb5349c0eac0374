"""Values, and where each came from."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accord.foundation.models import ImportRun
from accord.foundation.models.fields import ExactDecimalField
from accord.metrics.models.library import Metric
from accord.people.models import Employee, OrgUnit


class Source(models.Model):
    """A system or file series that numbers come from, by the name people know it."""

    name = models.CharField(max_length=100, unique=True)

    class Meta:
        db_table = "sources"

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """One metric of one employee or of one unit: the thing that has a value in each period."""

    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="series")
    # The unique constraints below begin with these, so neither needs an index of its own.
    employee = models.ForeignKey(Employee, null=True, on_delete=models.CASCADE, related_name="series", db_index=False)
    org_unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.CASCADE, related_name="series", db_index=False)

    class Meta:
        db_table = "series"
        constraints = [
            models.UniqueConstraint(fields=["employee", "metric"], name="one_series_per_employee"),
            models.UniqueConstraint(fields=["org_unit", "metric"], name="one_series_per_org_unit"),
            models.CheckConstraint(
                name="series_has_one_subject",
                condition=Q(employee__isnull=False, org_unit__isnull=True)
                | Q(employee__isnull=True, org_unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric_id} of {self.employee_id or self.org_unit_id}"


class Batch(models.Model):
    """One delivery of values: the origin that every value in it names. Counts are of rows."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    run = models.ForeignKey(ImportRun, null=True, on_delete=models.PROTECT, related_name="batches")
    file_name = models.CharField(max_length=255, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    mapping_version = models.PositiveSmallIntegerField(default=1)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "batches"

    def __str__(self) -> str:
        return f"{self.source_id} #{self.pk}"


class Freshness(models.Model):
    """The newest period for which a source has brought a value of a metric: “data until …”. Kept by ingest."""

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="freshness")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="freshness")
    period = models.IntegerField()

    class Meta:
        db_table = "freshness"
        constraints = [models.UniqueConstraint(fields=["metric", "source"], name="one_freshness_per_source")]

    def __str__(self) -> str:
        return f"{self.metric_id} from {self.source_id} until {self.period}"


# The database does not check the relations below: ingest alone writes them, with keys that it has just read or made,
# and a million checks cost more than a million rows.
_UNCHECKED: Any = {"db_index": False, "db_constraint": False}


class Measurement(models.Model):
    """The value of a series in a period. `row` is the row of the batch's file, as a person counts it.

    Row 0 is no row: the value was worked out from the two parts of a ratio that the batch brought. Row -1 is many: it
    was worked out from rows of a source, which are kept (MappedRow). The table is laid out by the migration: see
    docs/adr/0010-values-lie-by-period.md.
    """

    COMPUTED = 0
    FROM_ROWS = -1

    pk = models.CompositePrimaryKey("period", "series_id")
    period = models.IntegerField()
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="measurements", **_UNCHECKED)
    value = ExactDecimalField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+", **_UNCHECKED)
    row = models.IntegerField()

    class Meta:
        db_table = "measurements"

    def __str__(self) -> str:
        return f"{self.series_id} {self.period}: {self.value}"


class MeasurementRevision(models.Model):
    """A value that was replaced: what it was, where it came from, and which batch replaced it."""

    period = models.IntegerField()
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="revisions", **_UNCHECKED)
    value = ExactDecimalField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+", **_UNCHECKED)
    row = models.IntegerField()
    replaced_by = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="revisions", **_UNCHECKED)

    class Meta:
        db_table = "measurement_revisions"
        indexes = [models.Index(fields=["series", "period", "id"], name="revisions_of_value")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period}: was {self.value}"
