"""Objectives and key results: the direction, and how one sees that it was reached."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models.cycles import Cycle
from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit, Position


class Objective(models.Model):
    """What a unit or a person wants to reach in a cycle; the root unit's objectives are the company's.

    `owner` answers for it: the person themself, or whoever the unit has named. Changes are made by compare-and-set on
    `edition`. `score` (0 to 1) and `retrospective` are the owner's own words at close-out; progress is worked out from
    the key results and is neither the score nor the weight.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("objective", "open")
        CLOSED = "closed", pgettext_lazy("objective", "closed")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="objectives")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    org_unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="objectives")
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="objectives")
    owner = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("objective"), max_length=200)
    why = models.TextField(_("why it matters"), blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    order = models.PositiveSmallIntegerField(default=0)
    edition = models.PositiveIntegerField(default=0)
    score = ExactDecimalField(null=True)
    retrospective = models.TextField(blank=True)
    closed_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "objectives"
        verbose_name = _("objective")
        constraints = [
            models.CheckConstraint(
                name="objective_has_one_subject",
                condition=Q(employee__isnull=False, org_unit__isnull=True)
                | Q(employee__isnull=True, org_unit__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["cycle", "parent"], name="objectives_below")]

    def __str__(self) -> str:
        return self.title


class KeyResult(models.Model):
    """How one sees that an objective is reached: from `start` to `target`, now at `current`.

    `weight` is its share of the objective (they sum to 1). A keep-above or keep-below result is met or not met; a
    milestone goes from 0 to 1. Where `metric` is named, `current` follows its values; otherwise the check-ins say it.
    `confidence` is 1 (lost) to 10 (certain), as of the newest check-in.
    """

    class Kind(models.TextChoices):
        INCREASE = "increase", pgettext_lazy("key result", "increase")
        DECREASE = "decrease", pgettext_lazy("key result", "decrease")
        KEEP_ABOVE = "keep_above", pgettext_lazy("key result", "keep above")
        KEEP_BELOW = "keep_below", pgettext_lazy("key result", "keep below")
        MILESTONE = "milestone", pgettext_lazy("key result", "milestone")

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="key_results")
    title = models.CharField(_("key result"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.INCREASE)
    metric = models.ForeignKey(Metric, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(pgettext_lazy("measure", "unit"), max_length=20, blank=True)
    start = ExactDecimalField(_("start"), default=0)
    target = ExactDecimalField(_("target"))
    current = ExactDecimalField(_("current"), null=True)
    weight = ExactDecimalField(_("weight"), validators=[MinValueValidator(0), MaxValueValidator(1)])
    confidence = models.PositiveSmallIntegerField(null=True)
    owner = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "key_results"
        verbose_name = _("key result")

    def __str__(self) -> str:
        return self.title


class KeyResultCheckIn(models.Model):
    """What moved in a key result, in one line; append-only. `corrects` names the one it takes the place of."""

    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="check_ins")
    value = ExactDecimalField(null=True)
    confidence = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "key_result_check_ins"
        indexes = [models.Index(fields=["key_result", "-id"], name="check_ins_of_key_result")]

    def __str__(self) -> str:
        return f"{self.key_result_id}: {self.value}"


class KeyResultKpi(models.Model):
    """A KPI that a key result is broken into: a metric, where wanted of one position, and the level it should have."""

    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="kpis")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, null=True, on_delete=models.CASCADE, related_name="+")
    target = ExactDecimalField(null=True)

    class Meta:
        db_table = "key_result_kpis"
        constraints = [models.UniqueConstraint(fields=["key_result", "metric", "position"], name="one_kpi_per_result")]

    def __str__(self) -> str:
        return f"{self.key_result_id}: {self.metric_id}"
