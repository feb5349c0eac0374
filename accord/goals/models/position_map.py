"""The position → KPI map: what a position is there for, and what shows it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.models.fields import ExactDecimalField
from accord.metrics.models import Metric
from accord.people.models import Employee, Position


class CoreOutput(models.Model):
    """One thing a position is there to produce. `serves` says which result of the business it contributes to."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="core_outputs")
    name = models.CharField(_("core output"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    serves = models.CharField(_("business result it serves"), max_length=200, blank=True)
    serves_en = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "core_outputs"
        constraints = [models.UniqueConstraint(fields=["position", "name"], name="one_core_output_per_name")]

    def __str__(self) -> str:
        return self.name


class RecommendedKpi(models.Model):
    """A metric recommended for a core output, with the reason and the usual levels for one period of the metric.

    `source` names where the value comes from, where that is not the metric's own source. `is_movable` is the word of
    those who hold the position on whether they can move it at all.
    """

    core_output = models.ForeignKey(CoreOutput, on_delete=models.CASCADE, related_name="recommended_kpis")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("why"), blank=True)
    reason_en = models.TextField(blank=True)
    target = ExactDecimalField(_("usual target"), null=True, blank=True)
    threshold = ExactDecimalField(_("usual threshold"), null=True, blank=True)
    source = models.CharField(_("data source"), max_length=100, blank=True)
    is_movable = models.BooleanField(_("the position can move it"), default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "recommended_kpis"
        constraints = [models.UniqueConstraint(fields=["core_output", "metric"], name="one_recommendation_per_metric")]

    def __str__(self) -> str:
        return f"{self.core_output_id}: {self.metric_id}"


class PositionMapVersion(models.Model):
    """The map of one position as it was written down once; the newest is what CoreOutput and RecommendedKpi say.

    `content` is read by `domain.position_map`. Versions are never changed; the numbers of a position have no gaps.
    """

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="map_versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(_("what has changed, and why"), max_length=200, blank=True)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "position_map_versions"
        constraints = [models.UniqueConstraint(fields=["position", "number"], name="one_map_version_per_number")]

    def __str__(self) -> str:
        return f"{self.position_id} v{self.number}"
