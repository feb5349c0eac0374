"""The lines of everybody's draft agreement: those of their model or of last cycle, with what the split gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from accord.domain.decomposition.bases import Season, by_hand, rounded, seasonal
from accord.domain.decomposition.schedules import Schedule, schedule
from accord.domain.decomposition.sums import EXACT, split_sum
from accord.domain.periods import Period
from accord.goals.models import AssessmentModelVersion, Cycle, Decomposition, Kpi, KpiTarget
from accord.goals.queries.decomposition.choices import periods_of
from accord.goals.queries.decomposition.history import by_period, periods_before
from accord.goals.queries.decomposition.planning import Plan, Row
from accord.goals.services.agreements.drafts import LineDraft
from accord.goals.services.assessment_models.lines import lines_of
from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit, OrgUnitClosure

_ONE = Decimal(1)


@dataclass(frozen=True)
class Calendar:
    """Over which periods a metric's target lies, and how heavily."""

    metric: Metric
    periods: range
    weights: Sequence[Decimal]

    def spread(self, total: Decimal, employee: Employee) -> Schedule:
        """A total over the periods that end while the person works here."""
        first = 0
        if hired := employee.hired_on:
            first = sum(Period(period).end < hired for period in self.periods)
        return schedule(total, self.periods[first:], self.weights[first:], self.metric.decimals)


def calendars(decomposition: Decomposition, plan: Plan) -> dict[int, Calendar]:
    """The calendar of every metric of the plan that adds up over periods; the season is that of what is split."""
    found = {}
    all_before = periods_before(decomposition.cycle, plan.metrics, plan.settings.before)
    for metric in plan.metrics:
        if metric.aggregation != Metric.Aggregation.SUM and metric != plan.metric:
            continue
        periods = periods_of(decomposition.cycle, metric)
        weights = [_ONE] * len(periods)
        if plan.settings.season == Season.BEFORE:
            before = all_before[metric.pk]
            source = plan.metric if plan.metric.frequency == metric.frequency else metric
            values = by_period(source, decomposition.root, before)
            weights = seasonal([values.get(period) for period in before])
        found[metric.pk] = Calendar(metric, periods, weights)
    return found


def targets_of(plan: Plan, row: Row, employee: Employee, spread: Mapping[int, Calendar]) -> dict[int, Schedule]:
    """What one person is to reach, by metric: additive metrics period by period, rates as they are."""
    found = {}
    for metric in plan.metrics:
        value = plan.value(row.quantities, metric)
        if value is None:
            continue
        calendar = spread.get(metric.pk)
        # What adds up has no more decimals than are stored; only the rates of a product may be finer.
        total = rounded(value)
        found[metric.pk] = calendar.spread(total, employee) if calendar else Schedule(total, ())
    return found


def lines_with(
    lines: Sequence[LineDraft], targets: Mapping[int, Schedule], carried: int | None
) -> tuple[LineDraft, ...]:
    """The lines with their new targets; the metric that somebody carries joins them where it is missing."""
    kept = [_retargeted(line, targets[line.metric_id]) if line.metric_id in targets else line for line in lines]
    if carried is None or carried not in targets or any(line.metric_id == carried for line in kept):
        return tuple(kept)
    weight = rounded_share(len(kept) + 1)
    added = LineDraft(carried, weight, targets[carried].target, schedule=targets[carried].runs)
    if not kept:
        return (added,)
    weights = split_sum(_ONE - weight, by_hand([line.weight for line in kept]), 6)
    return (added, *(replace(line, weight=part) for line, part in zip(kept, weights, strict=True)))


def rounded_share(of: int) -> Decimal:
    """One line's share of as many, to a whole percent."""
    return (_ONE / of).quantize(Decimal("0.01"))


def model_lines(versions: Iterable[AssessmentModelVersion]) -> dict[int, list[LineDraft]]:
    """The lines of published versions, by the key of the version."""
    return {version.pk: lines_of(version) for version in versions}


def lines_before(root: OrgUnit, cycle: Cycle) -> dict[int, tuple[LineDraft, ...]]:
    """The KPIs of everybody below `root` in the newest cycle that they have any in, up to this one, as lines."""
    tree = OrgUnitClosure.objects.filter(ancestor=root).values("descendant_id")
    targets = KpiTarget.objects.filter(series__employee__org_unit__in=tree, kpi__cycle__starts_on__lte=cycle.starts_on)
    newest: dict[int, int] = {}
    found: dict[int, dict[int, LineDraft]] = {}
    order = ("-kpi__cycle__starts_on", "-kpi__cycle", "-kpi__weight", "kpi", "-to_period")
    for target in targets.select_related("kpi__series").order_by(*order):
        kpi = target.kpi
        person = kpi.series.employee_id or 0
        if newest.setdefault(person, kpi.cycle_id) == kpi.cycle_id:
            found.setdefault(person, {}).setdefault(kpi.series.metric_id, _from_kpi(kpi, target))
    return {person: tuple(lines.values()) for person, lines in found.items()}


def _from_kpi(kpi: Kpi, target: KpiTarget) -> LineDraft:
    return LineDraft(
        kpi.series.metric_id,
        kpi.weight,
        target.target,
        method=kpi.method,
        params=kpi.params,
        threshold=target.threshold,
        stretch=target.stretch,
    )


def _retargeted(line: LineDraft, wanted: Schedule) -> LineDraft:
    """The line with a new target: threshold and stretch keep their proportion, a range that it leaves ends."""
    low, high = line.target_min, line.target_max
    return replace(
        line,
        target=wanted.target,
        schedule=wanted.runs,
        threshold=_in_proportion(line.threshold, line.target, wanted.target),
        stretch=_in_proportion(line.stretch, line.target, wanted.target),
        target_min=low if low is not None and low <= wanted.target else None,
        target_max=high if high is not None and high >= wanted.target else None,
    )


def _in_proportion(level: Decimal | None, before: Decimal, after: Decimal) -> Decimal | None:
    if level is None or before == after:
        return level
    if not before:
        return None
    with localcontext(EXACT):
        return (level * after / before).quantize(Decimal(1).scaleb(-6))
