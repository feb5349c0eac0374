"""Calibration meetings: once a quarter a team looks at its agreements together, with what the numbers say."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.goals.models.agreements import Agreement, AgreementTerms
from accord.goals.models.cycles import Cycle
from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit


class CalibrationMeeting(models.Model):
    """One meeting about the agreements of a unit, or of the people who report to a manager.

    While it is PLANNED its agenda is read from the data of the day. Opening it writes the agenda down and notes who
    belongs to it, so that both stay as they were; closing it archives the minutes. Whatever is decided in it counts
    `edition` on: who closes it has seen everything, or is told that there is more.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("meeting", "planned")
        OPEN = "open", pgettext_lazy("meeting", "in session")
        CLOSED = "closed", pgettext_lazy("meeting", "closed")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="calibrations")
    org_unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="calibrations")
    # Instead of a unit: the manager whose direct reports are the team.
    manager = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=100)
    held_on = models.DateField(_("held on"))
    facilitator = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    edition = models.PositiveIntegerField(default=0)
    # The words with which the meeting began, as they stand in its minutes.
    opening = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "calibration_meetings"
        verbose_name = _("calibration meeting")
        constraints = [
            models.CheckConstraint(
                name="calibration_has_one_team",
                condition=Q(org_unit__isnull=False, manager__isnull=True)
                | Q(org_unit__isnull=True, manager__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_calibration_has_a_time", condition=~Q(state="closed") | Q(closed_at__isnull=False)
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether decisions can be written down in it now."""
        return self.state == self.State.OPEN

    def __str__(self) -> str:
        return self.title


class CalibrationMember(models.Model):
    """Somebody whose agreement a meeting is about, as the team was when it opened; `was_present` is the attendance."""

    meeting = models.ForeignKey(CalibrationMeeting, on_delete=models.CASCADE, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    was_present = models.BooleanField(default=False)

    class Meta:
        db_table = "calibration_members"
        constraints = [models.UniqueConstraint(fields=["meeting", "employee"], name="one_membership_per_meeting")]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.meeting_id}"


class ExternalChange(models.Model):
    """Something outside of anybody's hands that moved a unit's numbers, noted by whoever in it saw it; append-only."""

    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="external_changes")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="external_changes")
    happened_on = models.DateField(_("when"))
    text = models.CharField(_("what happened"), max_length=300)
    metric = models.ForeignKey(Metric, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "external_changes"
        verbose_name = _("external change")
        indexes = [models.Index(fields=["cycle", "org_unit", "noted_at"], name="external_changes_of_unit")]

    def __str__(self) -> str:
        return self.text


class CalibrationItem(models.Model):
    """One point of an agenda: about a line of an agreement, the whole of one, or an external change for all.

    `evidence` holds the numbers of its sentence (see domain/calibration.py), as they were when the meeting opened.
    `amendment` are the terms that came of it; whether they take effect is for their two parties to sign.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", pgettext_lazy("calibration", "external change")
        FAR_OFF = "far_off", pgettext_lazy("calibration", "target far off")
        LONG_RED = "long_red", pgettext_lazy("calibration", "red for long")
        NO_EVIDENCE = "no_evidence", pgettext_lazy("calibration", "weight without evidence")
        OBJECTION = "objection", pgettext_lazy("calibration", "objection")
        RAISED = "raised", pgettext_lazy("calibration", "raised in the meeting")

    class Decision(models.TextChoices):
        KEEP = "keep", pgettext_lazy("calibration", "keep")
        ADJUST = "adjust", pgettext_lazy("calibration", "adjust")
        FOLLOW = "follow", pgettext_lazy("calibration", "follow up")

    meeting = models.ForeignKey(CalibrationMeeting, on_delete=models.CASCADE, related_name="items")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="calibration_items")
    change = models.ForeignKey(ExternalChange, null=True, on_delete=models.PROTECT, related_name="items")
    metric = models.ForeignKey(Metric, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    evidence = models.JSONField(default=dict)
    decision = models.CharField(max_length=6, choices=Decision.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    amendment = models.ForeignKey(AgreementTerms, null=True, on_delete=models.PROTECT, related_name="calibration_items")
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    order = models.PositiveSmallIntegerField(default=0)
    edition = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "calibration_items"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "agreement", "metric", "change", "kind"],
                nulls_distinct=False,
                name="one_calibration_item_per_point",
            ),
            models.CheckConstraint(
                name="calibration_item_is_about_something",
                condition=Q(agreement__isnull=False) ^ Q(change__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.kind} of {self.agreement_id or self.change_id}"
