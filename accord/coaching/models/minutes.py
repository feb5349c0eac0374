"""Minutes of one-on-ones: what was decided, promised and left open, confirmed by both."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.coaching.models.one_on_ones import OneOnOne
from accord.people.models import Employee
from accord.workflow.models import Document


class Minutes(models.Model):
    """One wording of the minutes of a talk. Both sides write in a draft; laid out, it is a document that both sign.

    A wording that was refused or taken back stays as it was, and the next one (`number`) is begun from its words.
    `answers` holds `decisions`, `commitments` (rows of who, what, due) and `disagreements`; `set_aside` what somebody
    wrote in the same field at the same time, until one of the two has chosen. See `workflow.services.merging`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("minutes", "draft")
        CONFIRMING = "confirming", pgettext_lazy("minutes", "waiting to be confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("minutes", "confirmed by both")
        REFUSED = "refused", pgettext_lazy("minutes", "refused")
        LAPSED = "lapsed", pgettext_lazy("minutes", "not confirmed in time")
        TAKEN_BACK = "taken_back", pgettext_lazy("minutes", "taken back to correct")

    one_on_one = models.ForeignKey(OneOnOne, on_delete=models.PROTECT, related_name="minutes_wordings")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    set_aside = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    document = models.OneToOneField(Document, null=True, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "minutes"
        constraints = [
            models.UniqueConstraint(fields=["one_on_one", "number"], name="one_wording_a_number"),
            models.UniqueConstraint(
                fields=["one_on_one"],
                condition=Q(state__in=("draft", "confirming", "confirmed")),
                name="one_standing_wording_a_talk",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_on_one_id} v{self.number}"
