"""Voice and video messages that belong to feedback."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.coaching.models.feedback import Feedback
from accord.domain.recordings.containers import VIDEO, VOICE
from accord.people.models import Employee


class Recording(models.Model):
    """What its sender says to the receiver of a feedback. Whoever may read the feedback may hear it, and nobody else.

    `media_type`, `size` and `digest` were read from the content. Deleted, a row stays that says when and why, without
    words, digest or file.
    """

    class Kind(models.TextChoices):
        VOICE = VOICE, _("voice message")
        VIDEO = VIDEO, _("video message")

    class State(models.TextChoices):
        UPLOADING = "uploading", pgettext_lazy("recording", "on its way")
        READY = "ready", pgettext_lazy("recording", "ready")
        DELETED = "deleted", pgettext_lazy("recording", "deleted")

    class DeletedBecause(models.TextChoices):
        SENDER = "sender", _("the sender deleted it")
        RETENTION = "retention", _("its time was over")

    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="recordings")
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="recordings")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    # As it lies in the store; on its way, as its sender said. A stream gets its length written in when it has arrived.
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    # What its name claimed to be; what it is decides whether it is kept.
    container = models.CharField(max_length=4)
    media_type = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    # As its recorder measured it.
    milliseconds = models.PositiveIntegerField()
    # Its name in the store; the name is the product's own.
    stored_as = models.CharField(max_length=80, blank=True)
    captions = models.TextField(_("What is said"), blank=True)
    summary = models.CharField(_("In one sentence"), max_length=300, blank=True)
    keep_until = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.UPLOADING)
    made_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_because = models.CharField(max_length=9, choices=DeletedBecause.choices, blank=True)

    class Meta:
        db_table = "recordings"
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="recording_is_within_its_size"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(media_type="") & ~Q(stored_as="")),
                name="ready_recording_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="deleted") | Q(stored_as="", digest="", captions="", summary=""),
                name="deleted_recording_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["keep_until"], condition=Q(state="ready"), name="recordings_kept"),
            models.Index(fields=["made_at"], condition=Q(state="uploading"), name="recordings_on_their_way"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_video(self) -> bool:
        """Whether there is something to see."""
        return self.kind == self.Kind.VIDEO

    @property
    def length(self) -> str:
        """Minutes and seconds."""
        minutes, seconds = divmod(round(self.milliseconds / 1_000), 60)
        return f"{minutes}:{seconds:02}"


class RecordingPiece(models.Model):
    """A part of a recording on its way, with its own file; gone once the recording is put together."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="pieces")
    start = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=80)

    class Meta:
        db_table = "recording_pieces"
        constraints = [models.UniqueConstraint(fields=["recording", "start"], name="one_piece_at_a_place")]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.start}+{self.size}"
