"""Development plans: what somebody wants to become better at, agreed with their line manager, and how it goes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.coaching.models.learning import LearningResource
from accord.people.models import Employee


class DevelopmentPlan(models.Model):
    """One person's plan, with the line manager it is agreed with. At most one runs at a time.

    A draft is its maker's alone. Shared, it runs: both change its focus areas by compare-and-set on `edition`, and
    every change takes back what either had agreed to. The second yes keeps a `PlanVersion`. After a change of
    manager the plan stays with the former one's name until the person hands it on.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("development plan", "draft")
        RUNNING = "running", pgettext_lazy("development plan", "running")
        CLOSED = "closed", pgettext_lazy("development plan", "closed")

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="development_plans")
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="development_plans_supported")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=0)
    employee_agreed_at = models.DateTimeField(null=True)
    manager_agreed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    shared_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_note = models.CharField(_("what came of it"), max_length=500, blank=True)
    # Read along by `plans_in_full`: the focus areas that stand in it, in order.
    standing: list[FocusArea]

    class Meta:
        db_table = "development_plans"
        constraints = [
            models.UniqueConstraint(fields=["employee"], condition=Q(state="running"), name="one_running_plan"),
            models.UniqueConstraint(
                fields=["employee", "made_by"], condition=Q(state="draft"), name="one_draft_plan_of_a_maker"
            ),
            models.CheckConstraint(condition=~Q(employee=F("manager")), name="plan_is_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} & {self.manager_id}"

    @property
    def is_agreed(self) -> bool:
        """Whether both have said yes to the words as they stand."""
        return self.employee_agreed_at is not None and self.manager_agreed_at is not None


class FocusArea(models.Model):
    """One thing to become better at. What is taken out stays with `removed_at`, for earlier versions speak of it.

    `source` (`<table>:<id>`) is the evidence it follows from. What it is learned from is `learning`, a choice of the
    library whose title stands in `resource`, or words of their own. `state` is how it goes; the two say so without
    agreeing anew.
    """

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("by doing")
        OTHERS = "others", _("from others")
        COURSE = "course", _("by courses and reading")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("focus area", "under way")
        REACHED = "reached", pgettext_lazy("focus area", "reached")
        SET_ASIDE = "set_aside", pgettext_lazy("focus area", "set aside")

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="focus_areas")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("what to become better at"), max_length=60, blank=True)
    why = models.CharField(_("why"), max_length=600, blank=True)
    source = models.CharField(max_length=80, blank=True)
    kind = models.CharField(_("mainly learned"), max_length=8, choices=Kind.choices, default=Kind.PRACTICE)
    action = models.CharField(_("action"), max_length=500, blank=True)
    support = models.CharField(_("support from the manager"), max_length=300, blank=True)
    learning = models.ForeignKey(LearningResource, null=True, on_delete=models.PROTECT, related_name="+")
    resource = models.CharField(_("learning resource"), max_length=300, blank=True)
    measure = models.CharField(_("how we will see it"), max_length=300, blank=True)
    due_on = models.DateField(_("by when"), null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "focus_areas"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """The words both agreed to, as plain values, with who said yes when. Never changed; the archive keeps it too."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    edition = models.PositiveIntegerField()
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    employee_agreed_at = models.DateTimeField()
    manager_agreed_at = models.DateTimeField()

    class Meta:
        db_table = "plan_versions"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_a_number"),
            models.UniqueConstraint(fields=["plan", "edition"], name="one_plan_version_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class PlanNote(models.Model):
    """A word on how it goes, for the person and the manager of that time (`manager`); nobody else reads it."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="notes")
    focus = models.ForeignKey(FocusArea, null=True, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("how it goes"), max_length=500)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "plan_notes"
        indexes = [models.Index(fields=["plan", "-id"], name="plan_notes_of_plan")]

    def __str__(self) -> str:
        return self.text[:40]
