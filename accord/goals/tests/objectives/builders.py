"""Cycles, objectives and key results for tests, made without the commands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from accord.goals.models import Cycle, KeyResult, Objective
from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
MIDDLE = date(2026, 11, 16)
"""Half of the days of the cycle are over."""


def cycle_around(name: str = "2026-Q4", starts_on: date = FIRST, ends_on: date = LAST) -> Cycle:
    return Cycle.objects.get_or_create(name=name, defaults={"starts_on": starts_on, "ends_on": ends_on})[0]


def objective_of(subject: Employee | OrgUnit, title: str = "提升客户复购率", **more: Any) -> Objective:
    """An open objective of a person or a unit, in the cycle of the tests unless `cycle` says another."""
    cycle = more.pop("cycle", None) or cycle_around()
    if isinstance(subject, Employee):
        return Objective.objects.create(cycle=cycle, employee=subject, owner=subject, title=title, **more)
    return Objective.objects.create(cycle=cycle, org_unit=subject, title=title, **more)


def key_result_of(objective: Objective, weight: str = "1", **more: Any) -> KeyResult:
    """From 0 to 10, unless told otherwise."""
    given = {"title": "复购率", "start": Decimal(0), "target": Decimal(10)} | more
    return KeyResult.objects.create(objective=objective, weight=Decimal(weight), **given)


def metric_named(name: str, **more: Any) -> Metric:
    return Metric.objects.get_or_create(name=name, defaults=more)[0]
