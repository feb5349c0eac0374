"""Alerts: two misses in a row, stated as a fact. What people do about it is decided upstairs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.domain import alert_rules
from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models import Kpi
from accord.metrics.models import Series


class Alert(models.Model):
    """`period` is the second of the two missed periods; `closed_period` the second good one, or the corrected one.

    The values and targets are those it was raised on, the `earlier_` ones of the period before `period`: they stay as
    they were, whatever is corrected later.
    """

    class State(models.TextChoices):
        OPEN = alert_rules.State.OPEN, _("open")
        CLEARED = alert_rules.State.CLEARED, _("recovered")
        WITHDRAWN = alert_rules.State.WITHDRAWN, _("withdrawn")

    class Reason(models.TextChoices):
        """Why an alert was withdrawn."""

        VALUE = "value", _("value corrected")
        TARGET = "target", _("target changed")
        GONE = "gone", _("value or target taken back")

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="alerts")
    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="alerts")
    period = models.IntegerField()
    value = ExactDecimalField()
    target = ExactDecimalField()
    earlier_value = ExactDecimalField()
    earlier_target = ExactDecimalField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_period = models.IntegerField(null=True)
    # Withdrawn because in `closed_period` the value or target went from `reason_before` to `reason_after`.
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    reason_before = ExactDecimalField(null=True)
    reason_after = ExactDecimalField(null=True)
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alerts"
        indexes = [
            models.Index(fields=["period"], name="alerts_by_period"),
            models.Index(fields=["closed_period"], name="alerts_by_closed_period"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "period"], name="one_alert_per_series_and_period"),
            models.UniqueConstraint(
                fields=["series"], condition=models.Q(state="open"), name="one_open_alert_per_series"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period}: {self.state}"
