"""What the tests of the fit check and of the position map stand on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from accord.goals.models import (
    Agreement,
    AgreementLine,
    AgreementTerms,
    CoreOutput,
    Cycle,
    KeyResult,
    KeyResultKpi,
    Objective,
    RecommendedKpi,
)
from accord.metrics.models import Metric
from accord.people.models import Employee, Position, PositionFamily
from tests.cast import Cast

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def cycle() -> Cycle:
    """The third quarter of 2026."""
    return Cycle.objects.get_or_create(name="2026-Q3", defaults={"starts_on": FIRST, "ends_on": LAST})[0]


def metric(name: str, source: str = "CRM", **more: object) -> Metric:
    """A metric of the library."""
    return Metric.objects.get_or_create(name=name, defaults={"source": source, **more})[0]


def family(code: str, name: str) -> PositionFamily:
    """A family of positions."""
    return PositionFamily.objects.get_or_create(code=code, defaults={"name": name})[0]


def recommend(
    position: str, in_family: PositionFamily | None, *names: str, serves: str = "", **more: object
) -> Position:
    """Put a position on the map with one core output and these metrics."""
    row, _ = Position.objects.update_or_create(name=position, defaults={"family": in_family})
    output, _ = CoreOutput.objects.get_or_create(position=row, name="产出", defaults={"serves": serves})
    for name in names:
        RecommendedKpi.objects.create(core_output=output, metric=metric(name), **more)
    return row


def agreement(employee: Employee, manager: Employee, *lines: tuple[str, str]) -> AgreementTerms:
    """A draft agreement with lines of (metric, weight)."""
    made = Agreement.objects.create(cycle=cycle(), employee=employee, manager=manager, starts_on=FIRST, ends_on=LAST)
    terms = AgreementTerms.objects.create(agreement=made, effective_on=FIRST, proposed_at=timezone.now())
    for order, (name, weight) in enumerate(lines):
        AgreementLine.objects.create(
            terms=terms, metric=metric(name), weight=Decimal(weight), target=Decimal(100), order=order
        )
    return terms


def key_result(cast: Cast, *metrics: str, position: Position | None = None) -> KeyResult:
    """A key result of the company that is broken into these metrics."""
    objective = Objective.objects.create(cycle=cycle(), org_unit=cast.company, title="做深客户经营")
    result = KeyResult.objects.create(objective=objective, title="复购率到 26%", target=26, weight=1)
    for name in metrics:
        KeyResultKpi.objects.create(key_result=result, metric=metric(name), position=position)
    return result
