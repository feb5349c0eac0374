"""Workshops: a team finds the KPIs it holds reasonable and can move. Votes are secret (docs/adr/0017)."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit, Position


class Workshop(models.Model):
    """One session of the people of a team who hold one position.

    `edition` counts the changes of the board that everybody sees; a vote is none. `voters` is how many people voted,
    known only once it is closed.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("workshop", "open")
        CLOSED = "closed", pgettext_lazy("workshop", "closed")

    title = models.CharField(_("title"), max_length=100)
    question = models.CharField(_("question"), max_length=300)
    # What helps people to find a KPI of their own, one prompt a line.
    prompts = models.TextField(_("guiding prompts"), blank=True)
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="workshops")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")
    facilitator = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    edition = models.PositiveIntegerField(default=0)
    voters = models.PositiveSmallIntegerField(null=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        db_table = "workshops"
        verbose_name = _("workshop")
        indexes = [models.Index(fields=["position", "state"], name="workshops_of_position")]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def __str__(self) -> str:
        return self.title


class WorkshopMember(models.Model):
    """Who may propose, comment and vote: settled when the workshop opens."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "workshop_members"
        constraints = [models.UniqueConstraint(fields=["workshop", "employee"], name="once_in_a_workshop")]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.workshop_id}"


class WorkshopCard(models.Model):
    """A proposed KPI: a metric of the library, or a new one by name until it is adopted.

    A card that was merged into another stays, without votes and comments of its own. The tallies are written when the
    workshop closes, and stay empty where too few people voted to keep anybody's mark to themselves.
    """

    class Column(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("workshop card", "Proposed")
        DISCUSSED = "discussed", pgettext_lazy("workshop card", "In discussion")
        ADOPTED = "adopted", pgettext_lazy("workshop card", "Adopted")
        PARKED = "parked", pgettext_lazy("workshop card", "Put aside")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="cards")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    metric = models.ForeignKey(Metric, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("metric"), max_length=100)
    why = models.CharField(_("why it is reasonable"), max_length=300)
    how = models.CharField(_("how I can move it"), max_length=300)
    source = models.CharField(_("data source"), max_length=100, blank=True)
    column = models.CharField(max_length=10, choices=Column.choices, default=Column.PROPOSED)
    place = models.PositiveSmallIntegerField(default=0)
    edition = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    important = models.PositiveSmallIntegerField(null=True)
    movable = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "workshop_cards"
        indexes = [models.Index(fields=["metric"], name="workshop_cards_of_metric")]

    def __str__(self) -> str:
        return self.name


class CardComment(models.Model):
    """A word about a card."""

    card = models.ForeignKey(WorkshopCard, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "workshop_comments"

    def __str__(self) -> str:
        return f"{self.author_id} on {self.card_id}"


class CardVote(models.Model):
    """One mark of somebody on a card while the workshop is open; closing deletes all of them.

    Built to tell as little as it can meanwhile: `voter` is a keyed digest and no id of a person, the key of the row is
    random and no number that counts, there is no time, and no event tells of it.
    """

    class Mark(models.TextChoices):
        IMPORTANT = "important", pgettext_lazy("workshop vote", "It matters")
        MOVABLE = "movable", pgettext_lazy("workshop vote", "I can move it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(WorkshopCard, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)
    mark = models.CharField(max_length=10, choices=Mark.choices)

    class Meta:
        db_table = "workshop_votes"
        constraints = [models.UniqueConstraint(fields=["card", "voter", "mark"], name="one_mark_of_a_kind_per_voter")]

    def __str__(self) -> str:
        return f"{self.mark} on {self.card_id}"
