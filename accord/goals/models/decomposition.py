"""Decompositions: a company's target on its way to units and people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models.cycles import Cycle
from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit


class Decomposition(models.Model):
    """A target of a unit for a cycle, split over all units and people below it.

    While it is a DRAFT nothing but `settings` is stored (read by `domain.decomposition.settings`): what each gets is
    worked out whenever it is looked at. Each change is a compare-and-set on `edition`. Once APPLIED, `result` holds
    what was handed out, to whom and why not, and nothing changes any more.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("decomposition", "being prepared")
        APPLIED = "applied", pgettext_lazy("decomposition", "handed out")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="decompositions")
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=100)
    # What is split: a metric that adds up, or the product of the factors that the settings name.
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="+")
    root = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")
    target = ExactDecimalField(_("target of the cycle"))
    settings = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "decompositions"
        verbose_name = _("decomposition")
        constraints = [
            models.CheckConstraint(
                name="applied_decomposition_has_a_result",
                condition=~models.Q(state="applied") | models.Q(result__isnull=False, applied_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["root", "-id"], name="decompositions_of_root")]

    def __str__(self) -> str:
        return self.name
