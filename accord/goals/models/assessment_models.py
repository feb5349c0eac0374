"""Assessment models: which dimensions, KPIs, weights and scoring methods a position is assessed by, in versions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.people.models import Position
from accord.workflow.models.versions import Definition, DefinitionVersion


class AssessmentModel(Definition):
    """How the people of some positions are assessed. A position has one model in use at a time."""

    positions = models.ManyToManyField(Position, blank=True, related_name="+", db_table="assessment_model_positions")

    class Meta:
        db_table = "assessment_models"
        verbose_name = _("assessment model")


class AssessmentModelVersion(DefinitionVersion):
    """A version of an assessment model. `body` is read by `domain.assessment_model`."""

    assessment_model = models.ForeignKey(AssessmentModel, on_delete=models.PROTECT, related_name="versions")

    @property
    def definition(self) -> AssessmentModel:
        """The model this is a version of."""
        return self.assessment_model

    class Meta:
        db_table = "assessment_model_versions"
        constraints = [
            models.UniqueConstraint(fields=["assessment_model", "number"], name="one_model_version_per_number"),
            models.UniqueConstraint(
                fields=["assessment_model"],
                condition=models.Q(state="published"),
                name="one_published_version_per_model",
            ),
            models.UniqueConstraint(
                fields=["assessment_model"],
                condition=models.Q(state__in=["draft", "in_review", "approved"]),
                name="one_unfinished_version_per_model",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_model_id} v{self.number}"
