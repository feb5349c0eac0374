"""Alerts: two misses in a row, stated as a fact. What people do about it is decided upstairs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.goals.models import Kpi
from accord.metrics.models import Series


class Alert(models.Model):
    """`period` is the second of the two missed periods; `closed_period` the second good one, or the corrected one."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLEARED = "cleared", _("recovered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="alerts")
    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="alerts")
    period = models.IntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_period = models.IntegerField(null=True)
    raised_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alerts"
        constraints = [
            models.UniqueConstraint(fields=["series", "period"], name="one_alert_per_series_and_period"),
            models.UniqueConstraint(
                fields=["series"], condition=models.Q(state="open"), name="one_open_alert_per_series"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period}: {self.state}"
