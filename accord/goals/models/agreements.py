"""Agreements: what a person and their manager expect of a cycle, in terms that both have signed."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models.assessment_models import AssessmentModelVersion
from accord.goals.models.cycles import Cycle
from accord.goals.models.objectives import KeyResult
from accord.metrics.models import Metric
from accord.people.models import Employee
from accord.workflow.models import Document


class Agreement(models.Model):
    """The agreement of one employee with one manager for (part of) a cycle; what it says stands in its terms.

    It is in force while it has signed terms. Somebody who moves to another position or manager in mid-cycle gets a
    second one that begins where the first one ends; `starts_on` and `ends_on` lie within the cycle, both inclusive.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="agreements")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="agreements")
    # Who signs beside the employee: the line manager, also when that is somebody else by now than when it was drafted.
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    model_version = models.ForeignKey(AssessmentModelVersion, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agreements"
        verbose_name = _("agreement")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "employee", "starts_on"], name="one_agreement_per_start"),
            models.CheckConstraint(
                name="agreement_ends_after_start", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
        ]
        indexes = [models.Index(fields=["employee", "-starts_on"], name="agreements_of_employee")]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.cycle_id}"


class AgreementTerms(models.Model):
    """One wording of an agreement; wordings are numbered as they were made, signed or not.

    Terms are edited by both sides while they are a DRAFT, each change by compare-and-set on `edition`; a change takes
    back what either side had agreed to. SIGNED terms never change. They hold from `effective_on` until the next signed
    terms take effect, for every period that ends on that day or later. What held on a day as it was known at a moment:
    of the terms with `signed_at` up to the moment and `effective_on` up to the day, the last signed. Signing brings
    `effective_on` up to the day of signing unless both signed that the terms are retroactive; the day that was wished
    for stands in the document.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("terms", "being agreed")
        SIGNING = "signing", pgettext_lazy("terms", "waiting for signatures")
        SIGNED = "signed", pgettext_lazy("terms", "signed by both")
        REFUSED = "refused", pgettext_lazy("terms", "refused")
        EXPIRED = "expired", pgettext_lazy("terms", "not signed in time")
        WITHDRAWN = "withdrawn", pgettext_lazy("terms", "withdrawn")

    UNFINISHED = (State.DRAFT, State.SIGNING)

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(default=1)
    effective_on = models.DateField()
    # Both have signed that results before the day of signing are judged by these terms too. First terms are drafted so:
    # they are about the whole of the agreement's time, and nothing else was signed for it.
    is_retroactive = models.BooleanField(default=False)
    # Why an amendment is needed; empty until an agreement has been signed for the first time.
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=0)
    # When it was first put before the employee, and when each side said yes to the lines as they stand.
    proposed_at = models.DateTimeField(null=True)
    employee_agreed_at = models.DateTimeField(null=True)
    manager_agreed_at = models.DateTimeField(null=True)
    document = models.OneToOneField(Document, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "agreement_terms"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_wording_per_number"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(state__in=["draft", "signing"]),
                name="one_unfinished_wording_per_agreement",
            ),
            models.CheckConstraint(
                name="signed_terms_have_a_time", condition=~models.Q(state="signed") | models.Q(signed_at__isnull=False)
            ),
        ]

    @property
    def is_amendment(self) -> bool:
        """Whether these terms change an agreement that both had already signed."""
        return bool(self.reason)

    def __str__(self) -> str:
        return f"{self.agreement_id} #{self.number}: {self.state}"


class AgreementLine(models.Model):
    """One KPI in the terms: metric, weight and target with the range the assessment model leaves to both.

    `target`, `threshold` and `stretch` are for one period of the metric (a week's contract value, a month's rate).
    `schedule` replaces the target in single periods: [[first period key, last period key, "target"], …], in order,
    e.g. for a season. `params` are those of the scoring method beside target, threshold, stretch and direction.
    """

    terms = models.ForeignKey(AgreementTerms, on_delete=models.CASCADE, related_name="lines")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="+")
    dimension = models.CharField(max_length=60, blank=True)
    weight = ExactDecimalField(validators=[MinValueValidator(0), MaxValueValidator(1)])
    weight_min = ExactDecimalField(null=True)
    weight_max = ExactDecimalField(null=True)
    method = models.CharField(max_length=40, default="completion_ratio")
    params = models.JSONField(default=dict)
    target = ExactDecimalField()
    target_min = ExactDecimalField(null=True)
    target_max = ExactDecimalField(null=True)
    threshold = ExactDecimalField(null=True)
    stretch = ExactDecimalField(null=True)
    schedule = models.JSONField(default=list)
    # Why this KPI belongs here, and who proposed it in a workshop.
    why = models.TextField(blank=True)
    credited = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")
    key_result = models.ForeignKey(KeyResult, null=True, on_delete=models.SET_NULL, related_name="lines")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "agreement_lines"
        constraints = [models.UniqueConstraint(fields=["terms", "metric"], name="one_line_per_metric")]

    def __str__(self) -> str:
        return f"{self.terms_id}: {self.metric_id}"


class LineComment(models.Model):
    """A word in the thread on one line of an agreement, or on the whole of it where no metric is named."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="comments")
    metric = models.ForeignKey(Metric, null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "line_comments"

    def __str__(self) -> str:
        return f"{self.author_id} on {self.agreement_id}"


class FitOverride(models.Model):
    """Somebody's word that a warning of the fit check may stand in this agreement. `metric` is None for the whole."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="fit_overrides")
    metric = models.ForeignKey(Metric, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    word = models.CharField(max_length=200)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "fit_overrides"

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.code}"
