"""The map of a position as one form: outputs, each with its KPIs; an empty row at the end of each for one more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.domain.position_map import MOST_KPIS, MOST_OUTPUTS, MapKpi, MapOutput, PositionMap
from accord.domain.wording import Text, trimmed
from accord.metrics.models import Metric
from accord.metrics.queries.library import metrics_by_name

Data = Mapping[str, Any] | None


class OutputForm(forms.Form):
    """A core output and what it serves."""

    name = forms.CharField(label=_("Core output"), required=False, max_length=100)
    name_en = forms.CharField(label=_("English name"), required=False, max_length=100)
    serves = forms.CharField(label=_("Business result it serves"), required=False, max_length=200)
    serves_en = forms.CharField(label=_("The same in English"), required=False, max_length=200)


class KpiForm(forms.Form):
    """A KPI recommended for an output. An empty name takes it off the map."""

    metric = forms.CharField(label=_("KPI"), required=False, max_length=100)
    why = forms.CharField(label=_("Why"), required=False, max_length=300)
    why_en = forms.CharField(label=_("Why, in English"), required=False, max_length=300)
    target = forms.DecimalField(label=_("Target"), required=False, max_digits=18, decimal_places=6)
    threshold = forms.DecimalField(label=_("Threshold"), required=False, max_digits=18, decimal_places=6)
    source = forms.CharField(label=_("Data source"), required=False, max_length=100)
    movable = forms.BooleanField(label=_("The position can move it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].widget.attrs["list"] = "metrics"


class OutputRows:
    """An output with its KPIs on the page."""

    def __init__(self, data: Data, number: int, output: MapOutput | None) -> None:
        prefix = f"output-{number}"
        self.number = number
        self.output = OutputForm(data, prefix=prefix, initial=_initial_output(output))
        kpis = list(output.kpis[:MOST_KPIS]) if output else []
        rows = _count(data, prefix) if data else min(len(kpis) + 1, MOST_KPIS)
        known: list[MapKpi | None] = [*kpis, *([None] * MOST_KPIS)]
        self.kpis = [
            KpiForm(data, prefix=f"{prefix}-kpi-{place}", initial=_initial_kpi(known[place])) for place in range(rows)
        ]

    @property
    def is_new(self) -> bool:
        """Whether it is the empty one at the end."""
        return not self.output.initial

    def is_valid(self) -> bool:
        """Whether every number is one."""
        # Each is asked, so that each shows its own errors.
        asked = [form.is_valid() for form in (self.output, *self.kpis)]
        return all(asked)

    @property
    def names(self) -> list[str]:
        """The metrics that are named."""
        return [form.cleaned_data["metric"] for form in self.kpis if form.cleaned_data["metric"]]

    def read(self, metrics: Mapping[str, Metric]) -> MapOutput | None:
        """The output as it was written; None where it was left empty."""
        said = self.output.cleaned_data
        kpis = [_kpi(form.cleaned_data, metrics) for form in self.kpis if form.cleaned_data["metric"]]
        if not said["name"] and not kpis:
            return None
        return MapOutput(Text(said["name"], said["name_en"]), Text(said["serves"], said["serves_en"]), tuple(kpis))


class MapForm:
    """The whole map, with one empty output at the end."""

    def __init__(self, data: Data, before: PositionMap) -> None:
        known: list[MapOutput | None] = [*before.outputs, *([None] * MOST_OUTPUTS)]
        rows = min(len(before.outputs) + 1, MOST_OUTPUTS)
        self.outputs = [OutputRows(data, number, known[number]) for number in range(rows)]

    def is_valid(self) -> bool:
        """Whether every number is one and every metric is in the library; what is wrong stands beside its field."""
        asked = [rows.is_valid() for rows in self.outputs]
        if not all(asked):
            return False
        self.metrics = metrics_by_name(name for rows in self.outputs for name in rows.names)
        forms_of_kpis = [form for rows in self.outputs for form in rows.kpis if form.cleaned_data["metric"]]
        unknown = [form for form in forms_of_kpis if form.cleaned_data["metric"] not in self.metrics]
        for form in unknown:
            form.add_error("metric", _("The metric library has no such metric; add it there first."))
        return not unknown

    def read(self) -> PositionMap:
        """The map as it was written."""
        outputs = [rows.read(self.metrics) for rows in self.outputs]
        return PositionMap(tuple(output for output in outputs if output))


def _kpi(said: Mapping[str, Any], metrics: Mapping[str, Metric]) -> MapKpi:
    metric = metrics[said["metric"]]
    return MapKpi(
        metric=metric.pk,
        name=Text(metric.name, metric.name_en),
        why=Text(said["why"], said["why_en"]),
        target=said["target"],
        threshold=said["threshold"],
        source=said["source"],
        movable=said["movable"],
    )


def _initial_output(output: MapOutput | None) -> dict[str, Any]:
    if output is None:
        return {}
    return {
        "name": output.name.zh,
        "name_en": output.name.en,
        "serves": output.serves.zh,
        "serves_en": output.serves.en,
    }


def _initial_kpi(kpi: MapKpi | None) -> dict[str, Any]:
    if kpi is None:
        return {"movable": True}
    return {
        "metric": kpi.name.zh,
        "why": kpi.why.zh,
        "why_en": kpi.why.en,
        "target": None if kpi.target is None else trimmed(kpi.target),
        "threshold": None if kpi.threshold is None else trimmed(kpi.threshold),
        "source": kpi.source,
        "movable": kpi.movable,
    }


def _count(data: Mapping[str, Any], prefix: str) -> int:
    """How many rows of KPIs were sent for an output: those that have a field of this name."""
    return sum(f"{prefix}-kpi-{place}-metric" in data for place in range(MOST_KPIS))
