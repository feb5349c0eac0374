"""What evaluation wrote down: one row per KPI and period, one per manager and period. Pages read only these."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.domain import status
from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models import Kpi
from accord.metrics.models import Metric, Series
from accord.people.models import Employee, OrgUnit, Position


class Light(models.IntegerChoices):
    """The status light. Grey, no value yet, is the absence of a row."""

    RED = status.Light.RED, _("off track")
    YELLOW = status.Light.YELLOW, _("at risk")
    GREEN = status.Light.GREEN, _("on track")


class KpiStatus(models.Model):
    """The judgement of one KPI in one period, with the value and the target it rests on.

    Written only by evaluation, from tables whose keys hold: checking a million keys a second time would cost more than
    judging, so the database does not.
    """

    pk = models.CompositePrimaryKey("period", "series_id")
    period = models.IntegerField()
    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="statuses", db_index=False, db_constraint=False
    )
    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="statuses", db_index=False, db_constraint=False)
    value = ExactDecimalField()
    target = ExactDecimalField()
    light = models.PositiveSmallIntegerField(choices=Light.choices)
    # Worse than the target, however little: the light forgives 5 %, the two-misses rule does not.
    missed = models.BooleanField()

    class Meta:
        db_table = "kpi_statuses"
        # Two misses in a row are found among the few that missed, not among all.
        indexes = [models.Index(fields=["period", "series"], condition=models.Q(missed=True), name="missed_statuses")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period}: {self.light}"


class TeamStatus(models.Model):
    """Counts of lights over everybody below a manager (not themselves) in one period, as the lines were then.

    `expected` counts the KPIs that had a target; those without a value are in no other count.
    """

    pk = models.CompositePrimaryKey("period", "ancestor_id")
    period = models.IntegerField()
    ancestor = models.ForeignKey(
        Employee, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    red = models.PositiveIntegerField(default=0)
    yellow = models.PositiveIntegerField(default=0)
    green = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "team_statuses"

    def __str__(self) -> str:
        return f"{self.ancestor_id} {self.period}"


class UnitStatus(models.Model):
    """Counts of lights within a unit and all units in it in one period, by metric and position, as people were placed
    then. A unit's own KPIs count under the position of its head, or none.

    `expected` counts the KPIs that had a target. The bands are those of `domain.group_status`; what has no attainment,
    its target being zero or less, is in none. `of_one_line`: everybody counted was below the unit's head.
    """

    period = models.IntegerField()
    org_unit = models.ForeignKey(
        OrgUnit, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    position = models.ForeignKey(
        Position, null=True, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    of_one_line = models.BooleanField()
    red = models.PositiveIntegerField(default=0)
    yellow = models.PositiveIntegerField(default=0)
    green = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    band_0 = models.PositiveIntegerField(default=0)
    band_1 = models.PositiveIntegerField(default=0)
    band_2 = models.PositiveIntegerField(default=0)
    band_3 = models.PositiveIntegerField(default=0)
    band_4 = models.PositiveIntegerField(default=0)
    band_5 = models.PositiveIntegerField(default=0)
    band_6 = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "unit_statuses"
        indexes = [models.Index(fields=["period", "org_unit", "metric"], name="unit_statuses_of_period")]

    def __str__(self) -> str:
        return f"{self.org_unit_id} {self.metric_id} {self.period}"


class JudgedPeriod(models.Model):
    """What is known of judging a period: how often something in it was touched, and up to which touch it is judged.

    `judged_on` is the day it was last judged as of; a period judged while it ran is judged again once it is over.
    """

    period = models.IntegerField(primary_key=True)
    touches = models.PositiveIntegerField(default=0)
    judged_touches = models.PositiveIntegerField(default=0)
    judged_on = models.DateField(null=True)

    class Meta:
        db_table = "judged_periods"

    def __str__(self) -> str:
        return f"{self.period}: {self.judged_touches} of {self.touches}"
