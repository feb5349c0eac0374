"""Switching rules on and off, and saying how many alerts a manager can take."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accord.alerts.errors.rules import BudgetChangedMeanwhile, BudgetTooLarge
from accord.alerts.models import Alert, AlertBudget, AlertSwitch, Rule
from accord.alerts.queries.switches import is_on
from accord.alerts.services.sql import one_at_a_time
from accord.foundation.clock import organisation_day
from accord.foundation.models import User
from accord.foundation.services.events import record, record_many
from accord.metrics.models import Metric


@transaction.atomic
def switch_rule(metric: Metric, rule: Rule, on: bool, actor: User | None) -> bool:
    """Let a rule watch a metric from today's period on, or no longer; false where it stood so already.

    What a rule that is switched off had open is withdrawn: nobody is asked to talk about what is no longer watched.
    """
    one_at_a_time()
    if is_on(rule, metric.pk) == on:
        return False
    values = {"is_on": on, "since": organisation_day(), "changed_by": actor}
    AlertSwitch.objects.update_or_create(rule=rule, metric=metric, defaults=values)
    if not on:
        _withdraw(metric, rule)
    record(
        "alert_switch.changed", subject=f"metrics:{metric.pk}", actor=actor, metric_id=metric.pk, rule=rule, is_on=on
    )
    return True


@transaction.atomic
def set_budget(per_month: int, seen: int, actor: User) -> None:
    """Say how many new alerts a manager gets in a month, 0 for no limit; what was told stays told.

    Raises BudgetTooLarge, and BudgetChangedMeanwhile for whoever saw another edition than `seen`.
    """
    if not 0 <= per_month <= AlertBudget.MOST:
        raise BudgetTooLarge(most=AlertBudget.MOST)
    AlertBudget.objects.bulk_create([AlertBudget(pk=AlertBudget.ONLY)], ignore_conflicts=True)
    standing = AlertBudget.objects.filter(pk=AlertBudget.ONLY, edition=seen)
    if not standing.update(per_month=per_month, edition=F("edition") + 1, changed_by=actor, changed_at=timezone.now()):
        raise BudgetChangedMeanwhile
    record("alert_budget.changed", subject=f"alert_budgets:{AlertBudget.ONLY}", actor=actor, per_month=per_month)


def _withdraw(metric: Metric, rule: Rule) -> None:
    standing = Alert.objects.filter(series__metric=metric, rule=rule, state=Alert.State.OPEN)
    keys = list(standing.order_by("pk").values_list("pk", flat=True))
    closing = {"state": Alert.State.WITHDRAWN, "reason": Alert.Reason.OFF, "closed_at": timezone.now()}
    standing.update(**closing)
    record_many("alert.withdrawn", [(f"alerts:{key}", {"alert_id": key}) for key in keys])
