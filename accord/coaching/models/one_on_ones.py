"""One-on-ones: a pair with its rhythm, its meetings, and what is on their agenda."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.clock import organisation_day
from accord.foundation.language import in_readers_language
from accord.people.models import Employee


class Pairing(models.Model):
    """An employee and their line manager who talk in a rhythm (`rhythm`: an RFC 5545 RRULE, read on `time_zone`).

    It ends with the change of manager; the next manager begins a new one, and reads the confirmed minutes of this one
    only where both who wrote them have allowed it (`manager_shares`, `employee_shares`).
    """

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("rhythm", "active")
        PAUSED = "paused", pgettext_lazy("rhythm", "paused")
        ENDED = "ended", pgettext_lazy("rhythm", "ended")

    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="pairings_led")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="pairings")
    rhythm = models.CharField(max_length=200)
    starts_on = models.DateField(_("first talk on"))
    begins_at = models.TimeField(_("at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    time_zone = models.CharField(max_length=50)
    place = models.CharField(_("place or link"), max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    manager_shares = models.BooleanField(default=False)
    employee_shares = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "pairings"
        constraints = [
            models.UniqueConstraint(
                fields=["manager", "employee"], condition=~Q(state="ended"), name="one_pairing_of_two"
            ),
            models.CheckConstraint(condition=~Q(manager=F("employee")), name="pairing_is_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} & {self.employee_id}"

    def other(self, one: Employee) -> Employee:
        """The other of the two."""
        return self.employee if one.pk == self.manager_id else self.manager


class OneOnOne(models.Model):
    """One meeting of a pair. `slot` is the moment its rhythm gave it, `planned_at` where it was moved to since.

    `sequence` counts the changes a calendar has to hear of. A talk that runs is planned and has `begun_at`; one that
    was skipped without a word (`skipped_by` is None) passed its day and nobody began it. Talks of a rhythm that was
    changed or ended are called off.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("one-on-one", "planned")
        HELD = "held", pgettext_lazy("one-on-one", "held")
        SKIPPED = "skipped", pgettext_lazy("one-on-one", "skipped")
        CALLED_OFF = "called_off", pgettext_lazy("one-on-one", "called off")

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="one_on_ones")
    slot = models.DateTimeField()
    planned_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    skip_reason = models.CharField(max_length=300, blank=True)
    skipped_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "one_on_ones"
        constraints = [models.UniqueConstraint(fields=["pairing", "slot"], name="one_talk_per_slot")]
        indexes = [models.Index(fields=["planned_at"], condition=Q(state="planned"), name="one_on_ones_planned")]

    def __str__(self) -> str:
        return f"{self.pairing_id} @ {self.planned_at:%Y-%m-%d}"

    @property
    def ends_at(self) -> datetime:
        """When it is planned to be over."""
        return self.planned_at + timedelta(minutes=self.minutes)

    @property
    def held_on(self) -> date:
        """The day it took place, or is planned for, on the organisation's clock."""
        return organisation_day(self.begun_at or self.planned_at)

    @property
    def has_begun(self) -> bool:
        """Whether the two talk or have talked."""
        return self.begun_at is not None or self.state == self.State.HELD

    @property
    def is_running(self) -> bool:
        """Whether the two are talking."""
        return self.state == self.State.PLANNED and self.begun_at is not None


class AgendaPoint(models.Model):
    """A point to talk about: brought by one of the two, or written by the agenda itself (`author` is None).

    `source` (`<table>:<id>`) is what it comes from; what is not a person's wording is kept in both languages, `text_en`
    being the English one. A point that was left over stands in the next agenda with
    `carried_from`, the talk in which it first stood.
    """

    class Section(models.TextChoices):
        PROGRESS = "progress", pgettext_lazy("agenda", "progress")
        OBSTACLES = "obstacles", pgettext_lazy("agenda", "obstacles")
        RESOURCES = "resources", pgettext_lazy("agenda", "resources needed")
        GROWTH = "growth", pgettext_lazy("agenda", "feedback and growth")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("agenda point", "open")
        DISCUSSED = "discussed", pgettext_lazy("agenda point", "discussed")
        CARRIED = "carried", pgettext_lazy("agenda point", "carried over")
        DROPPED = "dropped", pgettext_lazy("agenda point", "dropped")

    one_on_one = models.ForeignKey(OneOnOne, on_delete=models.CASCADE, related_name="points")
    section = models.CharField(max_length=10, choices=Section.choices)
    text = models.CharField(_("point"), max_length=500)
    text_en = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80, blank=True)
    carried_from = models.ForeignKey(OneOnOne, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "agenda_points"
        constraints = [
            models.UniqueConstraint(fields=["one_on_one", "source"], condition=~Q(source=""), name="one_point_a_source")
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def words(self) -> str:
        """What it says, to whoever reads."""
        return in_readers_language(self.text, self.text_en)


class TalkNote(models.Model):
    """What one of the two writes down in a talk: for both to read, or private, which is its author's and nobody else's.

    `asides` holds what further windows of the author wrote over a text they had not seen, by window: all of it stays
    until the author chooses.
    """

    class Kind(models.TextChoices):
        SHARED = "shared", _("for both of us")
        PRIVATE = "private", _("only for me")

    one_on_one = models.ForeignKey(OneOnOne, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    text = models.TextField(blank=True)
    asides = models.JSONField(default=dict)
    # The window that wrote `text`: it may go on, even where it never heard that its last save arrived.
    window = models.CharField(max_length=20, blank=True)
    edition = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "talk_notes"
        constraints = [models.UniqueConstraint(fields=["one_on_one", "author", "kind"], name="one_note_of_a_kind_each")]

    def __str__(self) -> str:
        return f"{self.author_id} in {self.one_on_one_id}: {self.kind}"


class CalendarFeed(models.Model):
    """The address under which one person's calendar reads their talks. It is signed over `version` and kept nowhere.

    A new version makes every address before it void.
    """

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="calendar_feed")
    version = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)
    by_mail = models.BooleanField(_("invitations by mail"), default=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "calendar_feeds"

    def __str__(self) -> str:
        return f"{self.employee_id} v{self.version}"


class Invitation(models.Model):
    """One mail that tells one of the two of a talk, a change of it, or that it is off; sent at most once."""

    class Method(models.TextChoices):
        REQUEST = "REQUEST", pgettext_lazy("calendar", "invitation")
        CANCEL = "CANCEL", pgettext_lazy("calendar", "cancellation")

    one_on_one = models.ForeignKey(OneOnOne, on_delete=models.CASCADE, related_name="invitations")
    receiver = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=7, choices=Method.choices)
    sequence = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "talk_invitations"
        constraints = [
            models.UniqueConstraint(fields=["one_on_one", "receiver", "sequence"], name="one_invitation_a_change")
        ]
        indexes = [models.Index(fields=["made_at"], condition=Q(claimed_at=None), name="talk_invitations_waiting")]

    def __str__(self) -> str:
        return f"{self.method} {self.one_on_one_id} → {self.receiver_id}"
