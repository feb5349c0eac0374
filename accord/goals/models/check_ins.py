"""Check-ins: what moved, in a person's own words. Never changed and never deleted; a correction is another one."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models.objectives import KeyResult
from accord.metrics.models import Metric
from accord.people.models import Employee


class CheckIn(models.Model):
    """What moved on a day, about one KPI (its metric), one key result, or neither. The database lets nobody change it.

    `value` is what the person says; it is evidence for the talk and never becomes a measurement. `corrects` names the
    check-in that this one takes the place of.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="check_ins")
    on = models.DateField()
    metric = models.ForeignKey(Metric, null=True, on_delete=models.PROTECT, related_name="+")
    key_result = models.ForeignKey(KeyResult, null=True, on_delete=models.PROTECT, related_name="+")
    moved = models.CharField(_("what moved"), max_length=300)
    value = ExactDecimalField(_("value"), null=True)
    confidence = models.PositiveSmallIntegerField(
        _("confidence"), validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    obstacle = models.CharField(_("what is in the way"), max_length=300, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    # Which opened page it was written on: what is sent twice is kept once.
    page = models.UUIDField(unique=True, default=uuid.uuid4)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "check_ins"
        verbose_name = _("check-in")
        constraints = [
            models.CheckConstraint(
                name="check_in_about_one_thing", condition=Q(metric__isnull=True) | Q(key_result__isnull=True)
            ),
            models.CheckConstraint(
                name="check_in_confidence_1_to_10", condition=Q(confidence__gte=1, confidence__lte=10)
            ),
        ]
        indexes = [models.Index(fields=["employee", "-on", "-id"], name="check_ins_of_employee")]

    def __str__(self) -> str:
        return f"{self.employee_id} on {self.on}"


class CheckInFile(models.Model):
    """A file that shows it. `media_type` and `size` were read from its content."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField(max_length=255)
    # Where it lies under ACCORD_HOME/files; the name is the product's own.
    stored_as = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "check_in_files"

    def __str__(self) -> str:
        return self.file_name


class CheckInRhythm(models.Model):
    """How often somebody wants to be reminded; without a row, once a week."""

    class Rhythm(models.TextChoices):
        NONE = "none", pgettext_lazy("rhythm of check-ins", "no reminder")
        DAILY = "daily", pgettext_lazy("rhythm of check-ins", "every working day")
        WEEKLY = "weekly", pgettext_lazy("rhythm of check-ins", "once a week")

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="check_in_rhythm")
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.WEEKLY)

    class Meta:
        db_table = "check_in_rhythms"

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.rhythm}"
