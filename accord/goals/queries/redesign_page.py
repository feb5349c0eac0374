"""What the pages of a redesign show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accord.domain.position_map import MapKpi, PositionMap
from accord.domain.redesign import Step
from accord.goals.queries.redesigns import Standing
from accord.metrics.models import Metric


@dataclass(frozen=True)
class Changed:
    """One KPI before and after; None where it is not there."""

    before: MapKpi | None
    after: MapKpi | None
    reason: str = ""


def step(stands: Standing, which: Step) -> dict[str, Any]:
    """The page of one step."""
    steps = list(Step)
    place = steps.index(which)
    return {
        "stands": stands,
        "redesign": stands.redesign,
        "step": which,
        "state": stands.steps[place],
        "template": f"goals/redesign_{which.value}.html",
        "earlier": steps[place - 1] if place else None,
        "is_last": which == steps[-1],
        "metric_names": _metric_names() if which == Step.KPIS else [],
        "source_names": _source_names() if which == Step.SOURCE else [],
    }


def summary(stands: Standing) -> dict[str, Any]:
    """Before and after, side by side."""
    return {"stands": stands, "redesign": stands.redesign, "changed": _changed(stands)}


def known_sources(stands: Standing) -> dict[str, str]:
    """The sources that the library names for the KPIs it is about, by the name of the metric."""
    names = {kpi.name.zh for kpi in stands.after.kpis()}
    known = Metric.objects.filter(Q(name__in=names)).values_list("name", "source")
    return {name: source.strip() for name, source in known}


def _changed(stands: Standing) -> list[Changed]:
    before, after = _by_name(stands.before), _by_name(stands.after)
    gone = {verdict.metric: verdict.reason for verdict in stands.said.verdicts if not verdict.keep}
    rows = [Changed(kpi, after.get(name), gone.get(kpi.metric, "")) for name, kpi in before.items()]
    return rows + [Changed(None, kpi) for name, kpi in after.items() if name not in before]


def _by_name(which: PositionMap) -> dict[str, MapKpi]:
    return {kpi.name.zh: kpi for kpi in which.kpis()}


def _metric_names() -> list[str]:
    return list(Metric.objects.filter(is_active=True).order_by("name").values_list("name", flat=True))


def _source_names() -> list[str]:
    named = Metric.objects.exclude(source="").order_by("source")
    return list(named.values_list("source", flat=True).distinct())
