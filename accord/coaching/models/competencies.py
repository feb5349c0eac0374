"""Competencies: what somebody in a position can be seen to do, in levels, and where people stand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.people.models import Employee, PositionFamily

HIGHEST = 5


class Competency(models.Model):
    """One ability that shows in behaviour, with levels. `code` is the shipped one's name, by which files know it too.

    A retired one is not asked about any more; what was said about it stays.
    """

    code = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("competency", "name"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    summary = models.CharField(_("what it is"), max_length=200)
    summary_en = models.CharField(_("what it is, in English"), max_length=300, blank=True)
    place = models.PositiveSmallIntegerField(default=100)
    is_retired = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "competencies"
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name


class CompetencyLevel(models.Model):
    """What can be seen of somebody at one level."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    behaviour = models.CharField(max_length=200)
    behaviour_en = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "competency_levels"
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="one_wording_per_level"),
            models.CheckConstraint(condition=Q(level__range=(1, HIGHEST)), name="competency_levels_are_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id}: {self.level}"


class CompetencyExpectation(models.Model):
    """The level expected in the positions of a family, or of those with reports; without either, of everybody else."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="expectations")
    family = models.ForeignKey(PositionFamily, null=True, on_delete=models.PROTECT, related_name="+")
    is_of_managers = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "competency_expectations"
        constraints = [
            models.UniqueConstraint(
                fields=["competency", "family", "is_of_managers"],
                nulls_distinct=False,
                name="one_expectation_per_family",
            ),
            models.CheckConstraint(
                condition=Q(family=None) | Q(is_of_managers=False), name="expected_of_a_family_or_of_managers"
            ),
            models.CheckConstraint(condition=Q(level__range=(1, HIGHEST)), name="expected_levels_are_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} @ {self.family_id}: {self.level}"


class CompetencyAssessment(models.Model):
    """Where one side sees somebody. The newest of each side counts; earlier ones stay, so that growth can be seen."""

    class Side(models.TextChoices):
        SELF = "self", _("self-assessment")
        MANAGER = "manager", _("manager's view")

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="competency_assessments")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="assessments")
    side = models.CharField(max_length=7, choices=Side.choices)
    level = models.PositiveSmallIntegerField()
    example = models.CharField(_("example"), max_length=300, blank=True)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "competency_assessments"
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(1, HIGHEST)), name="assessed_levels_are_1_to_5"),
            models.CheckConstraint(
                condition=~Q(side="self") | Q(made_by=models.F("employee")), name="self_assessments_are_ones_own"
            ),
        ]
        indexes = [models.Index(fields=["employee", "competency", "side", "-id"], name="competencies_where")]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.competency_id} {self.level}"
