"""What evaluation wrote down: one row per KPI and period, one per manager and period. Pages read only these."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models import Kpi
from accord.metrics.models import Series
from accord.people.models import Employee


class Light(models.IntegerChoices):
    """The status light. Grey, no value yet, is the absence of a row."""

    RED = 1, _("off track")
    YELLOW = 2, _("at risk")
    GREEN = 3, _("on track")


class KpiStatus(models.Model):
    """The judgement of one KPI in one period, with the value and the target it rests on."""

    pk = models.CompositePrimaryKey("period", "series_id")
    period = models.IntegerField()
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="statuses", db_index=False)
    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="statuses", db_index=False)
    value = ExactDecimalField()
    target = ExactDecimalField()
    light = models.PositiveSmallIntegerField(choices=Light.choices)
    # Worse than the target, however little: the light forgives 5 %, the two-misses rule does not.
    missed = models.BooleanField()

    class Meta:
        db_table = "kpi_statuses"

    def __str__(self) -> str:
        return f"{self.series_id} {self.period}: {self.light}"


class TeamStatus(models.Model):
    """Counts of lights over everybody below a manager (not themselves) in one period, as the lines were then."""

    pk = models.CompositePrimaryKey("period", "ancestor_id")
    period = models.IntegerField()
    ancestor = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+", db_index=False)
    red = models.PositiveIntegerField(default=0)
    yellow = models.PositiveIntegerField(default=0)
    green = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "team_statuses"

    def __str__(self) -> str:
        return f"{self.ancestor_id} {self.period}"
