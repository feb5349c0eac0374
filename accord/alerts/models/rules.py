"""Which rules watch which metrics, and how many alerts a manager gets in a month."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.metrics.models import Metric


class Rule(models.TextChoices):
    """What an alert was raised by."""

    TWO_MISSES = "two_misses", _("two misses in a row")
    FALLING = "falling", _("falling trend")


class AlertSwitch(models.Model):
    """Whether a rule watches a metric. Without a row two misses in a row are on and falling trends are off."""

    rule = models.CharField(max_length=12, choices=Rule.choices)
    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="alert_switches")
    is_on = models.BooleanField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "alert_switches"
        constraints = [models.UniqueConstraint(fields=["rule", "metric"], name="one_switch_per_rule_and_metric")]

    def __str__(self) -> str:
        return f"{self.rule} of {self.metric_id}: {'on' if self.is_on else 'off'}"
