"""What scorecards are worked out from: the terms, KPIs, targets and values of some people, read at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accord.domain.periods import Frequency, Period
from accord.domain.scorecard import Aggregation, Card, Due, Line, Phase, Terms, lay_phases
from accord.domain.scoring.methods.weighted_total import Missing
from accord.goals.models import AgreementLine, AgreementTerms, Cycle, Kpi
from accord.goals.queries.kpis import IMPORTED, days_of, employed, imported, kpis_of, terms_of
from accord.goals.queries.objectives import objective_scores
from accord.metrics.models import Measurement, Metric, Series
from accord.people.models import Employee


@dataclass(frozen=True)
class Entry:
    """One line to be: what it is about and the levels that were agreed, each with its first and last period."""

    metric: Metric
    weight: Decimal
    method: str
    params: Mapping[str, object]
    levels: Sequence[tuple[int, int, Decimal, Decimal | None, Decimal | None]]
    kpi: int = 0
    series: int = 0


@dataclass
class Holding:
    """What one person has signed or was given for a cycle: terms in the order of signing, and the entries of each."""

    terms: list[Terms] = field(default_factory=list)
    missing: dict[int, Missing] = field(default_factory=dict)
    entries: defaultdict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))


Values = Mapping[tuple[int, int], Decimal]
"""(series, period) → value."""


def cards_of(
    employees: Sequence[Employee],
    cycle: Cycle,
    on: date,
    *,
    is_final: bool = False,
    instead: Mapping[int, AgreementTerms] | None = None,
) -> dict[int, Card]:
    """The cards of some people as of a day; `instead` are terms by person that are taken to be signed as well."""
    holdings = _holdings(employees, cycle)
    for employee in employees:
        if terms := (instead or {}).get(employee.pk):
            _add_terms(holdings[employee.pk], terms, employee)
    return cards_from(holdings, employees, cycle, on, is_final=is_final)


def cards_from(
    holdings: Mapping[int, Holding], employees: Sequence[Employee], cycle: Cycle, on: date, *, is_final: bool = False
) -> dict[int, Card]:
    """The cards of some people as of a day, from what each one holds, whether it was signed or is only thought of."""
    series = {one.pk: one for one in _series(employees, holdings.values())}
    by_subject = {(one.employee_id, one.metric_id): one.pk for one in series.values()}
    values = _values(series, cycle)
    objectives = objective_scores([each.pk for each in employees], cycle, on) if cycle.okr_share else {}
    return {
        employee.pk: Card(
            tuple(_phases(employee, cycle, holdings[employee.pk], by_subject, values)),
            on,
            is_final=is_final,
            okr_share=cycle.okr_share,
            objective_score=objectives.get(employee.pk),
        )
        for employee in employees
    }


def _holdings(employees: Sequence[Employee], cycle: Cycle) -> defaultdict[int, Holding]:
    found: defaultdict[int, Holding] = defaultdict(Holding)
    keys = [employee.pk for employee in employees]
    for terms in terms_of(keys, cycle):
        holding = found[terms.agreement.employee_id]
        holding.terms.append(days_of(terms))
        holding.missing[terms.pk] = missing_of(terms)
    for kpi in kpis_of(keys, cycle):
        holding = found[kpi.series.employee_id or 0]
        key = kpi.line.terms_id if kpi.line else IMPORTED
        holding.entries[key].append(_entry_of(kpi))
    for holding in found.values():
        if IMPORTED in holding.entries:
            holding.terms.insert(0, imported(cycle))
    return found


def missing_of(terms: AgreementTerms) -> Missing:
    """What the assessment model says of a missing score; a total is never made up unless it does."""
    version = terms.agreement.model_version
    said = version.body.get("missing") if version else None
    return Missing(said) if said in set(Missing) else Missing.BLOCK


def _entry_of(kpi: Kpi) -> Entry:
    levels = [
        (each.from_period, each.to_period, each.target, each.threshold, each.stretch) for each in kpi.targets.all()
    ]
    return Entry(kpi.series.metric, kpi.weight, kpi.method, kpi.params, levels, kpi.pk, kpi.series_id)


def _add_terms(holding: Holding, terms: AgreementTerms, employee: Employee) -> None:
    """Take terms that nobody has signed yet as signed last."""
    holding.terms.append(days_of(terms))
    holding.missing[terms.pk] = missing_of(terms)
    lines = terms.lines.select_related("metric").order_by("-weight", "id")
    holding.entries[terms.pk] = [
        Entry(line.metric, line.weight, line.method, line.params, _levels_of(line)) for line in lines
    ]


def _levels_of(line: AgreementLine) -> list[tuple[int, int, Decimal, Decimal | None, Decimal | None]]:
    """The levels of a line as KPI targets will have them: the season first, the usual target everywhere else."""
    first = line.metric.frequency * 1_000_000
    season = [(start, end, Decimal(target), line.threshold, line.stretch) for start, end, target in line.schedule]
    return [*season, (first, first + 999_999, line.target, line.threshold, line.stretch)]


def _series(employees: Iterable[Employee], holdings: Iterable[Holding]) -> list[Series]:
    """The series of all metrics that count, and those of the parts of ratios."""
    metrics: set[int] = set()
    for entry in (entry for holding in holdings for entries in holding.entries.values() for entry in entries):
        parts = (entry.metric.numerator_id, entry.metric.denominator_id) if entry.metric.is_ratio else ()
        metrics |= {entry.metric.pk, *(part for part in parts if part)}
    return list(Series.objects.filter(employee__in=list(employees), metric__in=metrics).select_related("metric"))


def _values(series: Mapping[int, Series], cycle: Cycle) -> Values:
    frequencies = {Frequency(one.metric.frequency) for one in series.values()}
    keys = [key for each in frequencies for key in periods_within(each, cycle.starts_on, cycle.ends_on)]
    rows = Measurement.objects.filter(period__in=keys, series__in=list(series)).values_list(
        "series_id", "period", "value"
    )
    return {(one, period): value for one, period, value in rows}


def periods_within(frequency: Frequency, first: date, last: date) -> range:
    """The keys of the periods that end between two days, both inclusive: they belong to whatever holds on their end."""
    newest = Period.of(last, frequency)
    return range(Period.of(first, frequency).key, newest.key + (newest.end <= last))


def _phases(
    employee: Employee, cycle: Cycle, holding: Holding, by_subject: Mapping[tuple[int | None, int], int], values: Values
) -> Iterable[Phase]:
    for days in lay_phases(holding.terms, *employed(employee, cycle)):
        lines = tuple(_line(entry, days, employee, by_subject, values) for entry in holding.entries[days.key])
        yield Phase(days.first, days.last, lines, holding.missing.get(days.key, Missing.BLOCK))


def _line(
    entry: Entry,
    days: Terms,
    employee: Employee,
    by_subject: Mapping[tuple[int | None, int], int],
    values: Values,
) -> Line:
    metric = entry.metric
    series = entry.series or by_subject.get((employee.pk, metric.pk), 0)
    parts = [by_subject.get((employee.pk, part or 0), 0) for part in (metric.numerator_id, metric.denominator_id)]
    return Line(
        weight=entry.weight,
        method=entry.method,
        params=entry.params,
        aggregation=Aggregation(metric.aggregation),
        lower_is_better=metric.direction == Metric.Direction.DOWN,
        decimals=metric.decimals,
        is_percent=metric.is_percent,
        kpi=entry.kpi,
        metric=metric.pk,
        series=series,
        dues=tuple(_dues(entry, days, series, parts, values)),
    )


def _dues(entry: Entry, days: Terms, series: int, parts: Sequence[int], values: Values) -> Iterable[Due]:
    for period in periods_within(Frequency(entry.metric.frequency), days.first, days.last):
        held = next((level for level in entry.levels if level[0] <= period <= level[1]), None)
        if held is None:
            continue
        above, below = (values.get((part, period)) for part in parts)
        both = (above, below) if above is not None and below is not None else None
        yield Due(period, *held[2:], values.get((series, period)), both)
