"""KPIs: what a person or unit answers for in a cycle, and the target in each period."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models.agreements import AgreementLine
from accord.goals.models.cycles import Cycle
from accord.metrics.models import Series


class Kpi(models.Model):
    """A metric of a person or unit (the series) with its weight and scoring method in one cycle. Weight 0.3 is 30 %.

    `line` is the line of the signed terms it comes from; none where it was brought in with a file. An amendment makes
    a KPI of its own and ends the targets of the one before, so a KPI never changes its weight once both have signed.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="kpis")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="kpis")
    line = models.OneToOneField(AgreementLine, null=True, on_delete=models.PROTECT, related_name="kpi")
    weight = ExactDecimalField(validators=[MinValueValidator(0), MaxValueValidator(1)])
    method = models.CharField(max_length=40, default="completion_ratio")
    params = models.JSONField(default=dict)

    class Meta:
        db_table = "kpis"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "series"],
                condition=models.Q(line__isnull=True),
                name="one_imported_kpi_per_series_and_cycle",
            )
        ]
        indexes = [models.Index(fields=["cycle", "series"], name="kpis_of_series")]

    def __str__(self) -> str:
        return f"{self.series_id} in {self.cycle_id}"


class KpiTarget(models.Model):
    """The target of a KPI from one period to another, both inclusive; the targets of a series never overlap.

    `green_from`, `yellow_from` are the values at which the light turns, worked out exactly when the target is set, so
    that judging a million values is comparing whole numbers. For a lower-is-better metric they are upper bounds.
    """

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="targets")
    # Copied from the KPI and its metric, so that evaluation joins on (series, period) alone.
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="targets", db_index=False)
    lower_is_better = models.BooleanField(default=False)
    from_period = models.IntegerField()
    to_period = models.IntegerField()
    target = ExactDecimalField()
    threshold = ExactDecimalField(null=True)
    stretch = ExactDecimalField(null=True)
    green_from = ExactDecimalField()
    yellow_from = ExactDecimalField()

    class Meta:
        db_table = "kpi_targets"
        constraints = [
            models.UniqueConstraint(fields=["series", "from_period"], name="one_target_per_series_and_start"),
            models.CheckConstraint(
                name="target_ends_after_start", condition=models.Q(to_period__gte=models.F("from_period"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id}: {self.target} from {self.from_period}"
