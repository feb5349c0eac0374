"""The page of one person: each KPI with its thirteen periods, its score, and what became of its alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accord.domain.scoring import ScoringError
from accord.domain.status import light_bounds
from accord.foundation.components.charts import Trend
from accord.foundation.components.signs import light_code
from accord.foundation.language import readers_language
from accord.goals.queries.cycles import current_cycle
from accord.goals.queries.scorecards import Scorecard, scorecard
from accord.goals.scores import kpi_score
from accord.insights.queries.lights import HISTORY, KpiLight, lights_of, newest_periods
from accord.metrics.data_age import DataAge, ages_of
from accord.people.models import Employee


@dataclass(frozen=True)
class KpiPanel:
    """One KPI of a person: the light, the trend and the score of the newest period with its sentence."""

    light: KpiLight
    trend: Trend
    score: Decimal | None
    sentence: str
    age: DataAge


@dataclass(frozen=True)
class PersonSheet:
    """Everything about one person as of a day. `card` is their scorecard of the cycle around it, if there is one."""

    employee: Employee
    panels: Sequence[KpiPanel]
    card: Scorecard | None


def person_sheet(employee: Employee, on: date) -> PersonSheet:
    """The sheet of `employee` as of `on`."""
    lights = lights_of([employee.pk], newest_periods(on), HISTORY).get(employee.pk, [])
    cycle = current_cycle(on)
    ages = ages_of(light.metric for light in lights)
    panels = [_panel(light, ages[light.metric.pk]) for light in lights]
    return PersonSheet(employee, panels, scorecard(employee, cycle, on) if cycle else None)


def _panel(light: KpiLight, age: DataAge) -> KpiPanel:
    if light.status is None:
        return KpiPanel(light, trend_of(light), None, "", age)
    try:
        found = kpi_score(light.kpi, light.target, light.status.value)
    except ScoringError as error:
        return KpiPanel(light, trend_of(light), None, error.explain(readers_language()), age)
    return KpiPanel(light, trend_of(light), found.value, found.explain(readers_language()), age)


def trend_of(light: KpiLight) -> Trend:
    """Thirteen periods of a KPI against its target and the band below it."""
    statuses = [light.statuses.get(period.key) for period in light.periods]
    targets = [status.target if status else light.target.target for status in statuses]
    edges = [sorted(light_bounds(target, light.target.lower_is_better)) for target in targets]
    return Trend(
        periods=[period.label for period in light.periods],
        name=_("Value"),
        values=[None if status is None else float(status.value) for status in statuses],
        lights=[light_code(status.light if status else None) for status in statuses],
        target_name=_("Target"),
        target=[float(target) for target in targets],
        band_name=_("At risk"),
        band_lower=[float(lower) for lower, _upper in edges],
        band_upper=[float(upper) for _lower, upper in edges],
        unit=light.metric.unit,
        decimals=light.metric.decimals,
    )
