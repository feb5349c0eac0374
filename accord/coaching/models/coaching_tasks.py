"""Coaching tasks: what a line manager does about an alert."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.alerts.models import Alert
from accord.people.models import Employee


class CoachingTask(models.Model):
    """One task for one alert, owned by the line manager of the person whose KPI it is about.

    Without a step taken it goes up the line after `due_on`: `escalations` counts how far. It stays the owner's; those
    it went to (`CoachingEscalation`) see and may do the same. `acted_at` is when the first step was taken.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("coaching task", "open")
        SNOOZED = "snoozed", _("snoozed")
        CLOSED = "closed", _("closed")

    class Outcome(models.TextChoices):
        RECOVERED = "recovered", _("recovered by itself")
        HELPED = "helped", _("coaching helped")
        TARGET_WRONG = "target_wrong", _("the target was wrong")
        OTHER = "other", _("something else")

    class ClosedBecause(models.TextChoices):
        """Why a task closed itself, without an outcome."""

        WITHDRAWN = "withdrawn", _("the alert was withdrawn")
        LEFT = "left", _("the person left")
        NO_MANAGER = "no_manager", _("the person has no line manager any more")

    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, related_name="coaching_task")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="coaching_received")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="coaching_tasks")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField()
    snoozed_until = models.DateField(null=True)
    snooze_reason = models.TextField(blank=True)
    escalations = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(blank=True)
    closed_because = models.CharField(max_length=15, choices=ClosedBecause.choices, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    acted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "coaching_tasks"
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=~models.Q(state="closed"), name="coaching_tasks_owed")
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} → {self.owner_id}"


class CoachingStep(models.Model):
    """A step taken in a task: the evidence looked at, the talk held, the action agreed."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", _("looked at the evidence")
        TALK = "talk", _("talked")
        ACTION = "action", _("agreed an action")

    task = models.ForeignKey(CoachingTask, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.TextField(blank=True)
    taken_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "coaching_steps"
        constraints = [models.UniqueConstraint(fields=["task", "kind"], name="one_step_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.kind}"


class CoachingEscalation(models.Model):
    """Somebody further up the line to whom a task went because nothing had been done."""

    task = models.ForeignKey(CoachingTask, on_delete=models.CASCADE, related_name="escalated_to")
    receiver = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    escalated_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "coaching_escalations"
        constraints = [models.UniqueConstraint(fields=["task", "receiver"], name="one_escalation_per_receiver")]

    def __str__(self) -> str:
        return f"{self.task_id} ↑ {self.receiver_id}"
