"""Forms: what is asked, in versions, and how it is used."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.people.models import Employee, Position
from accord.workflow.models.versions import Definition, DefinitionVersion

BUDGET_SECONDS = 300
"""Five minutes: what filling a form may take unless its owner argues for more."""


class Form(Definition):
    """A form. `positions` are those it is meant for (none: everybody).

    `frozen` names optional fields that HR has hidden for everybody at once, in all versions, without a new one.
    """

    positions = models.ManyToManyField(Position, blank=True, related_name="+", db_table="form_positions")
    budget_seconds = models.PositiveIntegerField(_("time budget"), default=BUDGET_SECONDS)
    frozen = models.JSONField(default=list)

    class Meta:
        db_table = "forms"
        verbose_name = _("form")


class FormVersion(DefinitionVersion):
    """A version of a form. `body` is read by `domain.form_schema`; `predicted_seconds` is its own estimate of it."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    predicted_seconds = models.PositiveIntegerField(default=0)
    # Why this version may take longer than the budget; archived with the publication.
    over_budget_reason = models.TextField(blank=True)

    @property
    def definition(self) -> Form:
        """The form this is a version of."""
        return self.form

    class Meta:
        db_table = "form_versions"
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_form_version_per_number"),
            models.UniqueConstraint(
                fields=["form"], condition=models.Q(state="published"), name="one_published_version_per_form"
            ),
            models.UniqueConstraint(
                fields=["form"],
                condition=models.Q(state__in=["draft", "in_review", "approved"]),
                name="one_unfinished_version_per_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"


class FormFill(models.Model):
    """One filled (or half-filled) form: the answers by field key, against the exact version they were given to.

    Several people may have a turn at it, each with the rights of their step. `subject` names what it is about in an app
    above (`<table>:<id>`). `revision` counts saves; `answers` change by compare-and-set on it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being filled in")
        SUBMITTED = "submitted", _("submitted")
        DISCARDED = "discarded", _("discarded")

    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="fills")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    # Whom it is about, where that is not the author: prefilled values are this person's.
    person = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80, blank=True)
    # The page it is filled in on, where that is not workflow's own; a path on this site.
    url = models.CharField(max_length=300, blank=True)
    answers = models.JSONField(default=dict)
    # Field key → window → what that window wrote while another had already saved something else: kept until its author
    # has chosen (see services.merging).
    set_aside = models.JSONField(default=dict)
    # Where a prefilled value came from: field key → what was read when (see services.prefill).
    origins = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "form_fills"
        indexes = [
            models.Index(fields=["author", "-id"], condition=models.Q(state="draft"), name="form_fills_drafts"),
            models.Index(fields=["subject"], name="form_fills_subject"),
        ]

    def __str__(self) -> str:
        return f"fill {self.pk} of version {self.version_id}"


class FillTurn(models.Model):
    """One person's turn at a form in one step, and the seconds they were at it (idle time does not count)."""

    fill = models.ForeignKey(FormFill, on_delete=models.CASCADE, related_name="turns")
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="turns")
    person = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=40)
    active_seconds = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    # The last save: no more time counts than has passed since.
    seen_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "form_fill_turns"
        constraints = [models.UniqueConstraint(fields=["fill", "step", "person"], name="one_turn_per_step")]
        indexes = [
            models.Index(
                fields=["version", "active_seconds"], condition=~models.Q(submitted_at=None), name="turns_done"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fill_id}: {self.step}"


class FieldUse(models.Model):
    """How often a field of a version was there to be filled in, and how often it was."""

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="field_uses")
    field_key = models.CharField(max_length=40)
    offered = models.PositiveIntegerField(default=0)
    filled = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "form_field_uses"
        constraints = [models.UniqueConstraint(fields=["version", "field_key"], name="one_use_per_field")]

    def __str__(self) -> str:
        return f"{self.field_key}: {self.filled}/{self.offered}"


class Attachment(models.Model):
    """A file handed in with a form. `media_type` and `size` were read from its content, never from what was claimed."""

    fill = models.ForeignKey(FormFill, on_delete=models.CASCADE, related_name="attachments")
    field_key = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    # Where it lies under ACCORD_HOME/files; the name is the product's own.
    stored_as = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "form_attachments"

    def __str__(self) -> str:
        return self.file_name
