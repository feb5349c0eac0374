"""Alerts: two misses in a row, or a falling trend, stated as a fact. What people do about it is decided upstairs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.alerts.models.rules import Rule
from accord.domain import alert_rules
from accord.foundation.models.fields import ExactDecimalField
from accord.goals.models import Kpi
from accord.metrics.models import Series
from accord.people.models import Employee


class Alert(models.Model):
    """`period` is the one at which the rule called for it; `closed_period` the one that ended or disproved it.

    The values and targets are those it was raised on, and stay as they were, whatever is corrected later. The
    `earlier_` ones are of the period before for two misses. Of a falling trend they are of `since`, the last period
    before the fall; it needs no target, and has one only where a KPI had one then.

    `manager` is the line manager at the time it was raised. Beyond what they get in a month (`AlertBudget`) an alert is
    only watched: nobody is told until they take it up. `told_on` is when they were told, `talked_at` when somebody took
    the first step of a talk about it.
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
        TREND = "trend", _("the fall is no larger than usual")
        OFF = "off", _("rule switched off")

    class Coached(models.TextChoices):
        """What came of coaching on it, as whoever coached says."""

        HELPED = "helped", _("coaching helped")
        RECOVERED = "recovered", _("recovered by itself")
        TARGET_WRONG = "target_wrong", _("the target was wrong")
        OTHER = "other", _("something else")

    rule = models.CharField(max_length=12, choices=Rule.choices, default=Rule.TWO_MISSES)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="alerts")
    kpi = models.ForeignKey(Kpi, null=True, on_delete=models.CASCADE, related_name="alerts")
    period = models.IntegerField()
    value = ExactDecimalField()
    target = ExactDecimalField(null=True)
    since = models.IntegerField(null=True)
    earlier_value = ExactDecimalField()
    earlier_target = ExactDecimalField(null=True)
    manager = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    is_watched = models.BooleanField(default=False)
    told_on = models.DateField(null=True)
    talked_at = models.DateTimeField(null=True)
    coached = models.CharField(max_length=15, choices=Coached.choices, blank=True, default="", db_default="")
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
            models.Index(fields=["told_on", "manager"], name="alerts_told", condition=Q(told_on__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "rule", "period"], name="one_alert_per_rule_and_period"),
            models.UniqueConstraint(
                fields=["series", "rule"], condition=Q(state="open"), name="one_open_alert_per_rule"
            ),
            models.CheckConstraint(
                name="alert_rests_on_its_rule",
                condition=Q(rule=Rule.TWO_MISSES, kpi__isnull=False, target__isnull=False, earlier_target__isnull=False)
                | Q(rule=Rule.FALLING, since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} of {self.series_id} {self.period}: {self.state}"

    @property
    def first_period(self) -> int:
        """The first of the periods that the alert rests on."""
        return self.period - 1 if self.since is None else self.since
