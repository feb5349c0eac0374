"""Feedback in the shape situation, behaviour, impact; asked for or given unasked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.people.models import Employee


class FeedbackRequest(models.Model):
    """Somebody asks a colleague for feedback about something they did together."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("feedback request", "open")
        ANSWERED = "answered", pgettext_lazy("feedback request", "answered")
        DECLINED = "declined", pgettext_lazy("feedback request", "declined")

    asker = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_asked")
    asked = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_wanted")
    occasion = models.CharField(_("about what"), max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "feedback_requests"
        constraints = [models.CheckConstraint(condition=~Q(asker=F("asked")), name="feedback_is_asked_of_another")]

    def __str__(self) -> str:
        return f"{self.asker_id} ← {self.asked_id}"


class Feedback(models.Model):
    """What one person tells another. A draft is its author's alone; sent, it stays as it was sent.

    `visibility` is stated before a word is written and can't be widened afterwards.
    """

    class Kind(models.TextChoices):
        RECOGNITION = "recognition", _("recognition")
        DEVELOPMENT = "development", _("to develop")

    class Visibility(models.TextChoices):
        RECEIVER = "receiver", _("only the two of us")
        MANAGER = "manager", _("the two of us and their line manager")
        TEAM = "team", _("everybody in their team")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("feedback", "draft")
        SENT = "sent", pgettext_lazy("feedback", "sent")
        WITHDRAWN = "withdrawn", pgettext_lazy("feedback", "withdrawn")

    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_given")
    receiver = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_received")
    request = models.ForeignKey(FeedbackRequest, null=True, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.RECEIVER)
    situation = models.TextField(_("Situation"), blank=True)
    happened_on = models.DateField(_("when"), null=True)
    behaviour = models.TextField(_("Behaviour"), blank=True)
    impact = models.TextField(_("Impact"), blank=True)
    suggestion = models.TextField(_("Suggestion"), blank=True)
    resources = models.TextField(_("Resources"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "feedback"
        constraints = [
            models.CheckConstraint(condition=~Q(author=F("receiver")), name="feedback_is_to_another"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(sent_at__isnull=False), name="sent_feedback_has_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "-sent_at"], name="feedback_received"),
            models.Index(fields=["author", "-id"], name="feedback_given"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} → {self.receiver_id}"
