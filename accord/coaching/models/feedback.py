"""Feedback in the shape situation, behaviour, impact; asked for or given unasked."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.coaching.models.competencies import Competency
from accord.people.models import Employee

MOST_WORDS = 1000
"""Characters in one part of a feedback, and in one message about it."""
MOST_COMPETENCIES = 2


class FeedbackRequest(models.Model):
    """Somebody asks a colleague for feedback about something they did together; one open request of two at a time."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("feedback request", "open")
        ANSWERED = "answered", pgettext_lazy("feedback request", "answered")
        DECLINED = "declined", pgettext_lazy("feedback request", "declined")

    asker = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_asked")
    asked = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_wanted")
    occasion = models.CharField(_("about what"), max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    decline_note = models.CharField(_("a word why"), max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "feedback_requests"
        constraints = [
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="feedback_is_asked_of_another"),
            models.UniqueConstraint(
                fields=["asker", "asked"], condition=Q(state="open"), name="one_open_feedback_request_of_two"
            ),
        ]
        indexes = [models.Index(fields=["asked"], condition=Q(state="open"), name="feedback_requests_open")]

    def __str__(self) -> str:
        return f"{self.asker_id} ← {self.asked_id}"


class Feedback(models.Model):
    """What one person tells another. A draft is its author's alone; sent, it stays as it was sent.

    `visibility` is stated before a word is written and can't be widened afterwards: `shared_with` is the line manager
    who was named then, and reads it for as long as they are that. `token` is the form it was begun in, so that a
    second click finds what the first one made; `window` is the open page that kept it last. `competencies` are what
    its author says it is about; `ignored` are the hints they put aside while it is a draft.
    """

    class Kind(models.TextChoices):
        RECOGNITION = "recognition", pgettext_lazy("feedback", "Recognition")
        DEVELOPMENT = "development", pgettext_lazy("feedback", "To develop")

    class Visibility(models.TextChoices):
        RECEIVER = "receiver", _("Only the two of us")
        MANAGER = "manager", _("The two of us and their line manager")
        TEAM = "team", _("Everybody in their team")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("feedback", "draft")
        SENT = "sent", pgettext_lazy("feedback", "sent")
        WITHDRAWN = "withdrawn", pgettext_lazy("feedback", "withdrawn")

    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_given")
    receiver = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_received")
    request = models.ForeignKey(FeedbackRequest, null=True, on_delete=models.PROTECT, related_name="answers")
    shared_with = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="feedback_shared")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.RECEIVER)
    situation = models.TextField(_("Situation"), blank=True)
    happened_on = models.DateField(pgettext_lazy("feedback", "On which day"), null=True)
    behaviour = models.TextField(_("Behaviour"), blank=True)
    impact = models.TextField(_("Impact"), blank=True)
    suggestion = models.TextField(pgettext_lazy("feedback", "Suggestion"), blank=True)
    resources = models.TextField(_("Resources and support"), blank=True)
    competencies = models.ManyToManyField(Competency, db_table="feedback_competencies", related_name="+")
    ignored = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=0)
    token = models.UUIDField(default=uuid4, editable=False)
    window = models.UUIDField(null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    kept_at = models.DateTimeField(auto_now=True)
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
            models.CheckConstraint(
                condition=~Q(visibility="team") | Q(kind="recognition"), name="only_recognition_is_for_the_team"
            ),
            models.UniqueConstraint(fields=["author", "token"], name="one_feedback_a_form"),
        ]
        indexes = [
            models.Index(fields=["receiver", "-sent_at"], name="feedback_received"),
            models.Index(fields=["author", "-id"], name="feedback_given"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} → {self.receiver_id}"


class FeedbackMessage(models.Model):
    """A question back or its answer: for the two alone, whoever else may read the feedback."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "feedback_messages"

    def __str__(self) -> str:
        return f"{self.feedback_id}: {self.author_id}"
