"""Redesigns: the KPIs of a position thought through anew, by somebody who holds it and somebody who leads them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.goals.models.position_map import PositionMapVersion
from accord.people.models import Employee, Position


class PositionRedesign(models.Model):
    """Five steps that end in a new version of the map of `position`.

    `steps` holds what both have written: by step, `{"edition": 3, "by": 17, "at": "…", "answers": {…}}`, read by
    `domain.redesign`. Two people write at once: each step is saved by compare-and-set on its own edition, and the row
    on `edition`. `base` is the number of the map it began from (0: the position had no map).
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("redesign", "in progress")
        FINISHED = "finished", pgettext_lazy("redesign", "finished")
        DROPPED = "dropped", pgettext_lazy("redesign", "set aside")

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="redesigns")
    holder = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("who holds the position")
    )
    lead = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("who leads it"))
    base = models.PositiveIntegerField(default=0)
    steps = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    version = models.OneToOneField(PositionMapVersion, null=True, on_delete=models.PROTECT, related_name="redesign")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "position_redesigns"
        verbose_name = _("redesign")
        constraints = [
            models.UniqueConstraint(
                fields=["position", "holder"],
                condition=models.Q(state="open"),
                name="one_open_redesign_per_holder",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position_id} with {self.holder_id}: {self.state}"
