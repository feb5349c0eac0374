"""Commitments: who will do what by when, wherever it was said."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.people.models import Employee


class Commitment(models.Model):
    """What `owner` promised `partner`, the other side, who sees what becomes of it.

    `source` (`<table>:<id>`) is the minutes, the coaching task, the feedback or the plan it was said in, and `sentence`
    the words as they stand there. Nothing is deleted: what is no longer needed is dropped with a word. `token` is the
    form it was recorded in, so that a second click finds what the first one made.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("commitment", "open")
        KEPT = "kept", pgettext_lazy("commitment", "kept")
        DROPPED = "dropped", pgettext_lazy("commitment", "no longer needed")

    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="commitments")
    partner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="commitments_followed")
    text = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("by when"))
    source = models.CharField(max_length=80)
    sentence = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    note = models.CharField(_("what came of it"), max_length=300, blank=True)
    # How often its day was put off; what each time said stands in `CommitmentMove`.
    moves = models.PositiveSmallIntegerField(default=0)
    edition = models.PositiveIntegerField(default=0)
    token = models.UUIDField(default=uuid4, editable=False)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "commitments"
        constraints = [
            models.CheckConstraint(condition=~Q(owner=F("partner")), name="commitment_is_between_two"),
            models.UniqueConstraint(fields=["made_by", "token"], name="one_commitment_a_form"),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(state="open"), name="commitments_owed"),
            models.Index(fields=["partner", "due_on"], condition=Q(state="open"), name="commitments_followed"),
            models.Index(fields=["source"], name="commitments_source"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class CommitmentMove(models.Model):
    """A commitment that slipped: from which day to which, and why."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="moved")
    before = models.DateField()
    after = models.DateField()
    word = models.CharField(max_length=300)
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "commitment_moves"

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.before} → {self.after}"
