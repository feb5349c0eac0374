"""Which rules watch which metrics, and how many alerts a manager gets in a month."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.models.fields import ExactDecimalField
from accord.metrics.models import Metric


class Rule(models.TextChoices):
    """What an alert was raised by."""

    TWO_MISSES = "two_misses", _("two misses in a row")
    FALLING = "falling", _("falling trend")


class AlertSwitch(models.Model):
    """Whether a rule watches a metric. Without a row two misses in a row are on and falling trends are off.

    A rule that is on watches from the period in which `since` lies: what was before it was switched raises nothing.
    """

    rule = models.CharField(max_length=12, choices=Rule.choices)
    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="alert_switches")
    is_on = models.BooleanField()
    since = models.DateField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "alert_switches"
        constraints = [models.UniqueConstraint(fields=["rule", "metric"], name="one_switch_per_rule_and_metric")]

    def __str__(self) -> str:
        return f"{self.rule} of {self.metric_id}: {'on' if self.is_on else 'off'}"


class AlertBudget(models.Model):
    """How many new alerts a line manager is told of in a month: one row for the organisation, none is the default.

    `per_month` is for a manager of up to eight people; with more people it grows in proportion. 0 is no limit.
    """

    ONLY = 1
    DEFAULT = 4
    MOST = 99

    per_month = models.PositiveSmallIntegerField(default=DEFAULT)
    # Grows with every change; whoever saves names the edition they saw.
    edition = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "alert_budgets"

    def __str__(self) -> str:
        return f"{self.per_month} a month"


class Backtest(models.Model):
    """What a rule would have raised on the stored history of a metric, worked out once a day. See `domain.backtest`.

    It holds counts, and which series and periods to show as examples; never a value.
    """

    rule = models.CharField(max_length=12, choices=Rule.choices)
    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="backtests")
    # The would-be alerts in each period, oldest first, up to `until`.
    until = models.IntegerField()
    counts = models.JSONField(default=list)
    series = models.PositiveIntegerField()
    managers = models.PositiveIntegerField()
    judged = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    settled = models.PositiveIntegerField()
    recovered = models.PositiveIntegerField()
    reds = models.PositiveIntegerField()
    lead = ExactDecimalField(null=True)
    # [[series, period], …]
    examples = models.JSONField(default=list)
    tried_at = models.DateTimeField()

    class Meta:
        db_table = "alert_backtests"
        constraints = [models.UniqueConstraint(fields=["rule", "metric"], name="one_backtest_per_rule_and_metric")]

    def __str__(self) -> str:
        return f"{self.rule} on {self.metric_id} until {self.until}"
