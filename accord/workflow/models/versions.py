"""What HR designs, and the versions of it: what forms and flows have in common."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.people.models import Employee


class Definition(models.Model):
    """Something designed rather than programmed. Apps above name it by `code`, people by `name`.

    `approval_flow` is the flow a version has to pass before it may be published; without one, who designs may publish.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    purpose = models.TextField(_("what it is for"), blank=True)
    approval_flow = models.ForeignKey(
        "workflow.Flow", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("approval")
    )
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def all_versions(self) -> Any:
        """The manager of its versions, whatever kind of definition it is."""
        return self.versions  # type: ignore[attr-defined]


class DefinitionVersion(models.Model):
    """One version of a definition: DRAFT → (IN_REVIEW →) APPROVED → PUBLISHED → RETIRED.

    Only a draft's `body` changes, each save by compare-and-set on `revision`, so that nobody's save is lost. From
    publication on `digest` is the SHA-256 of its canonical body, and whatever runs on the version keeps it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("version", "draft")
        IN_REVIEW = "in_review", pgettext_lazy("version", "in approval")
        APPROVED = "approved", pgettext_lazy("version", "approved")
        PUBLISHED = "published", pgettext_lazy("version", "published")
        RETIRED = "retired", pgettext_lazy("version", "retired")

    UNFINISHED = (State.DRAFT, State.IN_REVIEW, State.APPROVED)

    number = models.PositiveSmallIntegerField()
    body = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    # Why it differs from the version before, in its author's words.
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def definition(self) -> Definition:
        """What this is a version of."""
        raise NotImplementedError

    @property
    def is_unfinished(self) -> bool:
        """Whether it is being worked on or waits to be published."""
        return self.state in self.UNFINISHED
