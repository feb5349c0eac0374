"""KPIs that came with a file or were signed, with values, made in a line and without the commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from accord.domain.periods import Frequency, Period
from accord.domain.status import light_bounds
from accord.goals.models import Agreement, AgreementLine, AgreementTerms, Cycle, Kpi, KpiTarget
from accord.goals.periods import always, forever
from accord.metrics.models import Batch, Measurement, Metric, Series, Source
from accord.people.models import Employee

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
AMENDED = date(2026, 11, 9)
AFTER = date(2027, 1, 20)
WEEK = Period.parse("2026-W40")
"""The first week of the quarter; it has thirteen, and the last one ends on 27 December."""

Number = int | str | Decimal


def quarter(name: str = "2026-Q4", starts_on: date = FIRST, ends_on: date = LAST, **more: Any) -> Cycle:
    made, _ = Cycle.objects.get_or_create(name=name, defaults={"starts_on": starts_on, "ends_on": ends_on, **more})
    made.refresh_from_db()
    return made


def metric(name: str = "签约额", **more: Any) -> Metric:
    return Metric.objects.get_or_create(name=name, defaults=more)[0]


def kpi(
    employee: Employee,
    target: Number = 100,
    *,
    weight: Number = 1,
    of: Metric | None = None,
    cycle: Cycle | None = None,
    line: AgreementLine | None = None,
    first: int | None = None,
    **more: Any,
) -> Kpi:
    """A KPI in force from the period `first` on; targets of the series from then on give way to it."""
    of = of or metric()
    levels = {name: Decimal(more.pop(name)) for name in ("threshold", "stretch") if name in more}
    series, _ = Series.objects.get_or_create(metric=of, employee=employee)
    one = Kpi.objects.create(cycle=cycle or quarter(), series=series, line=line, weight=Decimal(weight), **more)
    frequency = Frequency(of.frequency)
    begin = always(frequency) if first is None else first
    KpiTarget.objects.filter(series=series, from_period__gte=begin).delete()
    KpiTarget.objects.filter(series=series, to_period__gte=begin).update(to_period=begin - 1)
    lower = of.direction == Metric.Direction.DOWN
    green, yellow = light_bounds(Decimal(target), lower)
    KpiTarget.objects.create(
        kpi=one,
        series=series,
        lower_is_better=lower,
        from_period=begin,
        to_period=forever(frequency),
        target=Decimal(target),
        green_from=green,
        yellow_from=yellow,
        **levels,
    )
    return one


def signed(
    employee: Employee,
    lines: Sequence[Mapping[str, Any]],
    *,
    effective_on: date = FIRST,
    agreement: Agreement | None = None,
    starts_on: date = FIRST,
    ends_on: date = LAST,
    signed_at: datetime | None = None,
    cycle: Cycle | None = None,
) -> AgreementTerms:
    """Terms signed by both and put in force: each line has `of`, `target`, `weight` and what a KPI may have."""
    terms = drafted(
        employee,
        lines,
        effective_on=effective_on,
        agreement=agreement,
        starts_on=starts_on,
        ends_on=ends_on,
        cycle=cycle,
    )
    terms.state = AgreementTerms.State.SIGNED
    terms.signed_at = signed_at or datetime(2026, 9, 25, tzinfo=UTC)
    terms.save()
    for line, given in zip(terms.lines.order_by("id"), lines, strict=True):
        start = Period.of(effective_on, Frequency(line.metric.frequency)).key
        kpi(employee, cycle=terms.agreement.cycle, line=line, first=start, **{"target": 100, **given})
    return terms


def drafted(
    employee: Employee,
    lines: Sequence[Mapping[str, Any]],
    *,
    effective_on: date = FIRST,
    agreement: Agreement | None = None,
    starts_on: date = FIRST,
    ends_on: date = LAST,
    cycle: Cycle | None = None,
    **more: Any,
) -> AgreementTerms:
    """Terms that nobody has signed."""
    agreement = agreement or Agreement.objects.create(
        cycle=cycle or quarter(),
        employee=employee,
        manager=employee.manager or employee,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    number = agreement.terms.count() + 1
    terms = AgreementTerms.objects.create(agreement=agreement, number=number, effective_on=effective_on, **more)
    for given in lines:
        AgreementLine.objects.create(
            terms=terms,
            metric=given.get("of") or metric(),
            weight=Decimal(given.get("weight", 1)),
            target=Decimal(given.get("target", 100)),
            method=given.get("method", "completion_ratio"),
            params=given.get("params", {}),
            schedule=given.get("schedule", []),
        )
    return terms


def measure(one: Kpi | Series, values: Mapping[Period, Number | None] | Sequence[Number | None]) -> None:
    """Write or correct values; a list begins with the first week of the quarter, None leaves a value away."""
    series = one.series if isinstance(one, Kpi) else one
    batch = Batch.objects.create(source=Source.objects.get_or_create(name="CRM")[0], file_name="values.csv")
    if not isinstance(values, Mapping):
        first = Period.of(FIRST, Frequency(series.metric.frequency))
        values = {first + place: value for place, value in enumerate(values)}
    for period, value in values.items():
        Measurement.objects.filter(period=period.key, series=series).delete()
        if value is not None:
            Measurement.objects.create(period=period.key, series=series, value=Decimal(value), batch=batch, row=2)
