"""The rules of alerts beside what they would have raised, metric by metric."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accord.alerts.models import Alert, AlertSwitch, Backtest, Rule
from accord.alerts.queries.switches import ON_BY_DEFAULT
from accord.alerts.queries.watch_list import lines
from accord.domain.alert_rules import weeks_between_false_alarms
from accord.domain.backtest import by_chance, falls_by_chance, per_month
from accord.domain.periods import Frequency, Period
from accord.domain.trend import WINDOW
from accord.metrics.models import Metric, Series
from accord.people.access import Actor, visible_employees, visible_units

EXAMPLES = 5


@dataclass(frozen=True)
class Outcomes:
    """What became of the alerts a rule did raise: talked about, recovered without a talk, withdrawn.

    The others are of those that were coached on: it helped, it would have recovered anyway, the target was wrong.
    """

    talked: int = 0
    alone: int = 0
    withdrawn: int = 0
    helped: int = 0
    recovered: int = 0
    target_wrong: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        return self.talked + self.alone + self.withdrawn

    @property
    def coached(self) -> int:
        """How many coaching tasks about them were closed with an outcome."""
        return self.helped + self.recovered + self.target_wrong + self.other


@dataclass(frozen=True)
class Tried:
    """The last back-test of a rule on a metric, as figures that people compare."""

    found: Backtest
    frequency: Frequency

    @property
    def periods(self) -> list[Period]:
        return [Period(self.found.until - back) for back in range(len(self.found.counts) - 1, -1, -1)]

    @property
    def counted(self) -> list[tuple[Period, int]]:
        """The would-be alerts of each period, oldest first."""
        return list(zip(self.periods, self.found.counts, strict=True))

    @property
    def alerts(self) -> int:
        return sum(self.found.counts)

    @property
    def per_month(self) -> float:
        """Would-be alerts a month and line manager."""
        return self._monthly(self.alerts)

    @property
    def by_chance(self) -> float:
        """How many of them chance alone would raise: on misses as often as observed, or on values in any order."""
        if self.found.rule == Rule.FALLING:
            return self._monthly(falls_by_chance(self.found.judged))
        return self._monthly(by_chance(self.found.judged, self.found.missed))

    @property
    def missed(self) -> int:
        """Percent of the judged values that missed their target."""
        return round(100 * self.found.missed / self.found.judged) if self.found.judged else 0

    @property
    def periods_between(self) -> int | None:
        """In how many periods a series would raise one alert by chance alone, missing as often as observed."""
        if not self.found.missed:
            return None
        return round(weeks_between_false_alarms(Fraction(self.found.missed, self.found.judged)))

    @property
    def recovered(self) -> int | None:
        """Percent of the would-be alerts that were over two periods later."""
        return round(100 * self.found.recovered / self.found.settled) if self.found.settled else None

    @property
    def lead(self) -> Decimal | None:
        lead: Decimal | None = self.found.lead
        return lead

    @property
    def reds(self) -> int | None:
        """Percent of the would-be alerts with a red light at the time or later."""
        return round(100 * self.found.reds / self.alerts) if self.alerts else None

    def _monthly(self, alerts: float) -> float:
        return per_month(alerts, self.found.managers, len(self.found.counts), self.frequency)


@dataclass(frozen=True)
class RuleState:
    """A rule on one metric: whether it is on, since when if somebody said so, what it would do and what it did."""

    rule: Rule
    is_on: bool
    switch: AlertSwitch | None
    tried: Tried | None
    outcomes: Outcomes


@dataclass(frozen=True)
class MetricRules:
    """A metric with both rules."""

    metric: Metric
    rules: Sequence[RuleState]


@dataclass(frozen=True)
class Example:
    """A would-be alert about somebody whom the reader may see, with the periods up to it."""

    series: Series
    period: Period
    values: Sequence[Decimal | None]


def metrics_in_use(search: str = "") -> QuerySet[Metric]:
    """The metrics that somebody has, by name; those that can be tried first."""
    used = Metric.objects.filter(Exists(Series.objects.filter(metric=OuterRef("pk"))), is_active=True)
    named = used.filter(Q(name__icontains=search) | Q(name_en__icontains=search)) if search else used
    tried = Exists(Backtest.objects.filter(metric=OuterRef("pk")))
    return named.annotate(is_tried=tried).order_by("-is_tried", "name", "pk")


def with_rules(metrics: Iterable[Metric]) -> list[MetricRules]:
    """Some metrics with their rules; three statements for any number."""
    found = list(metrics)
    keys = [metric.pk for metric in found]
    switches = {(row.metric_id, row.rule): row for row in AlertSwitch.objects.filter(metric__in=keys)}
    tried = {(row.metric_id, row.rule): row for row in Backtest.objects.filter(metric__in=keys)}
    outcomes = _outcomes(keys)
    return [MetricRules(metric, [_state(metric, rule, switches, tried, outcomes) for rule in Rule]) for metric in found]


def examples(state: RuleState, metric: Metric, actor: Actor) -> list[Example]:
    """A few of the would-be alerts about people and units that `actor` may see, the newest first."""
    cells = state.tried.found.examples if state.tried else []
    may_see = Q(employee__in=visible_employees(actor)) | Q(org_unit__in=visible_units(actor))
    about = Series.objects.filter(may_see, pk__in=[series for series, _ in cells], metric=metric)
    seen = {one.pk: one for one in about.select_related("employee", "org_unit")}
    shown = [(seen[series], period) for series, period in cells if series in seen][:EXAMPLES]
    values = lines({one.pk: range(period - WINDOW + 1, period + 1) for one, period in shown})
    return [Example(one, Period(period), values[one.pk]) for one, period in shown]


def chance_of(alert: Alert) -> Tried | None:
    """The back-test that says how often the rule of an alert is wrong about its metric."""
    metric = alert.series.metric
    found = Backtest.objects.filter(rule=alert.rule, metric=metric).first()
    return Tried(found, Frequency(metric.frequency)) if found else None


def _state(
    metric: Metric,
    rule: Rule,
    switches: Mapping[tuple[int, str], AlertSwitch],
    tried: Mapping[tuple[int, str], Backtest],
    outcomes: Mapping[tuple[int, str], Outcomes],
) -> RuleState:
    key = (metric.pk, str(rule))
    switch, found = switches.get(key), tried.get(key)
    return RuleState(
        rule=rule,
        is_on=switch.is_on if switch else rule in ON_BY_DEFAULT,
        switch=switch,
        tried=Tried(found, Frequency(metric.frequency)) if found else None,
        outcomes=outcomes.get(key, Outcomes()),
    )


def _outcomes(metrics: Sequence[int]) -> dict[tuple[int, str], Outcomes]:
    rows = (
        Alert.objects.filter(series__metric__in=metrics)
        .order_by()
        .values_list("series__metric", "rule")
        .annotate(
            talked=Count("pk", Q(talked_at__isnull=False)),
            alone=Count("pk", Q(talked_at=None, state=Alert.State.CLEARED)),
            withdrawn=Count("pk", Q(talked_at=None, state=Alert.State.WITHDRAWN)),
            **{each.value: Count("pk", Q(coached=each)) for each in Alert.Coached},
        )
    )
    # In the order of the fields of Outcomes.
    return {(metric, rule): Outcomes(*counts) for metric, rule, *counts in rows}
