"""Scorecards as they were frozen: each keeps everything that its number was worked out from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models.cycles import Cycle
from accord.people.models import Employee


class ScorecardRun(models.Model):
    """One round in which the people of a cycle were scored. `digest` is taken over the digests of its scorecards."""

    class Kind(models.TextChoices):
        SO_FAR = "so_far", pgettext_lazy("scorecard", "so far")
        FINAL = "final", pgettext_lazy("scorecard", "final")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="scorecard_runs")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    as_of = models.DateField()
    people = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "scorecard_runs"

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.kind} as of {self.as_of}"


class Scorecard(models.Model):
    """The score of one person in a cycle as of a day; never changed. `total` is empty where a score was missing.

    `inputs` is what `domain.scorecard.freezing` writes, the card and a line of text for each of its lines; `digest` is
    taken over it. `results` is what the lines came to. Where a value was corrected afterwards a new one is made that
    names the one it takes the place of.
    """

    Kind = ScorecardRun.Kind

    run = models.ForeignKey(ScorecardRun, on_delete=models.PROTECT, related_name="scorecards")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+", db_index=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="scorecards")
    kind = models.CharField(max_length=6, choices=ScorecardRun.Kind.choices)
    as_of = models.DateField()
    total = ExactDecimalField(null=True)
    inputs = models.TextField()
    results = models.TextField()
    digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")

    class Meta:
        db_table = "scorecards"
        verbose_name = _("scorecard")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "employee", "kind", "as_of"],
                condition=models.Q(supersedes__isnull=True),
                name="one_first_scorecard_per_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.cycle_id}: {self.total}"
