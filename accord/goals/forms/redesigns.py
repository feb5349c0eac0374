"""The five steps of a redesign, as forms. Nothing is required while writing: what is missing, the summary says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.domain.position_map import MapKpi
from accord.domain.redesign import MOST_NEW, NewKpi, Redesign, Step, Verdict
from accord.domain.wording import trimmed
from accord.goals.queries.redesigns import Standing
from accord.metrics.queries.library import metrics_by_name

Data = Mapping[str, Any] | None
Answers = dict[str, Any]

_AREA = {"rows": 4}


class ObjectiveForm(forms.Form):
    """Which objective of the business it begins from: one of the cycle, or in own words."""

    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=200,
        help_text=_("A result for the business or its customers, such as “more customers come back to buy again”."),
    )

    def __init__(self, data: Data, standing: Standing, choices: Sequence[tuple[int, str]]) -> None:
        said = standing.said
        super().__init__(data, initial={"text": said.objective})
        self.titles = dict(choices)
        if choices:
            self.fields["objective"] = forms.TypedChoiceField(
                label=_("An objective of this cycle"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("None of these")), *choices],
                initial=said.objective_id,
            )
            self.fields["text"].label = _("Or in your own words")
            self.order_fields(["objective"])

    def answers(self) -> Answers:
        """What is kept."""
        chosen = self.cleaned_data.get("objective")
        title = self.titles.get(chosen, "").partition("：")[2] if chosen else ""
        return {"objective": chosen, "text": self.cleaned_data["text"] or title}


class ContributionForm(forms.Form):
    """Which output of the position it is about, and how it contributes."""

    output = forms.CharField(
        label=_("Core output"),
        required=False,
        max_length=100,
        help_text=_("Choose one the map has, or name a new one in a few words."),
    )
    text = forms.CharField(
        label=_("How does this position contribute?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=_AREA),
        help_text=_("What would be missing if nobody held the position? What do others need from it?"),
    )

    def __init__(self, data: Data, standing: Standing) -> None:
        super().__init__(data, initial={"output": standing.said.output, "text": standing.said.contribution})
        self.fields["output"].widget.attrs["list"] = "outputs"

    def answers(self) -> Answers:
        """What is kept."""
        return {"output": self.cleaned_data["output"], "text": self.cleaned_data["text"]}


class BehaviourForm(forms.Form):
    """What one can see somebody do who does it well."""

    lines = forms.CharField(
        label=_("Behaviour that can be seen and counted, one a line"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Begin with a verb. “Explains the cause before hanging up” can be seen; “cares for customers” not."
        ),
    )

    def __init__(self, data: Data, standing: Standing) -> None:
        super().__init__(data, initial={"lines": "\n".join(standing.said.behaviours)})

    def answers(self) -> Answers:
        """What is kept."""
        return {"lines": self.cleaned_data["lines"]}


class VerdictForm(forms.Form):
    """One KPI of the map: whether it stays, whether the position can move it, its levels."""

    keep = forms.TypedChoiceField(
        label=_("Keep or drop"),
        choices=[("keep", _("Keep")), ("drop", _("Drop"))],
        widget=forms.RadioSelect,
        required=False,
        empty_value="",
    )
    reason = forms.CharField(label=_("Why it is dropped"), required=False, max_length=200)
    movable = forms.BooleanField(label=_("The position can move it"), required=False)
    target = forms.DecimalField(label=_("Target"), required=False, max_digits=18, decimal_places=6)
    threshold = forms.DecimalField(label=_("Threshold"), required=False, max_digits=18, decimal_places=6)

    def __init__(self, data: Data, kpi: MapKpi, said: Verdict | None) -> None:
        self.kpi = kpi
        source = said or kpi
        first = {"movable": source.movable, "target": _shown(source.target), "threshold": _shown(source.threshold)}
        if said:
            first |= {"keep": "keep" if said.keep else "drop", "reason": said.reason}
        super().__init__(data, initial=first, prefix=f"kpi-{kpi.metric}")

    def answers(self) -> Answers | None:
        """What is kept; None while nothing is decided."""
        read = self.cleaned_data
        if not read["keep"]:
            return None
        return {
            "metric": self.kpi.metric,
            "keep": read["keep"] == "keep",
            "reason": read["reason"],
            "movable": read["movable"],
            "target": _stored(read["target"]),
            "threshold": _stored(read["threshold"]),
        }


class NewKpiForm(forms.Form):
    """A KPI to be, from the library or new."""

    name = forms.CharField(label=_("KPI"), required=False, max_length=100)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=20)
    lower_is_better = forms.BooleanField(label=_("lower is better"), required=False)
    why = forms.CharField(label=_("Which behaviour does it show?"), required=False, max_length=300)
    movable = forms.BooleanField(label=_("The position can move it"), required=False)
    target = forms.DecimalField(label=_("Target"), required=False, max_digits=18, decimal_places=6)
    threshold = forms.DecimalField(label=_("Threshold"), required=False, max_digits=18, decimal_places=6)

    def __init__(self, data: Data, number: int, said: NewKpi | None) -> None:
        first: dict[str, Any] = {"movable": True}
        if said:
            first = {
                "name": said.name,
                "unit": said.unit,
                "lower_is_better": said.lower_is_better,
                "why": said.why,
                "movable": said.movable,
                "target": _shown(said.target),
                "threshold": _shown(said.threshold),
            }
        super().__init__(data, initial=first, prefix=f"new-{number}")
        self.fields["name"].widget.attrs["list"] = "metrics"

    def answers(self) -> Answers:
        """What is kept."""
        read = self.cleaned_data
        return {**read, "target": _stored(read["target"]), "threshold": _stored(read["threshold"])}


class KpisForm:
    """The KPIs there are, each kept or dropped, and up to four new ones."""

    def __init__(self, data: Data, standing: Standing) -> None:
        said = standing.said
        self.existing = [VerdictForm(data, kpi, said.verdict_on(kpi.metric)) for kpi in standing.before.kpis()]
        new: list[NewKpi | None] = [*said.new, *([None] * MOST_NEW)]
        self.new = [NewKpiForm(data, number, each) for number, each in enumerate(new[:MOST_NEW], start=1)]

    def is_valid(self) -> bool:
        """Whether every number is one."""
        # Each is asked, so that each shows its own errors.
        asked = [form.is_valid() for form in (*self.existing, *self.new)]
        return all(asked)

    def answers(self) -> Answers:
        """What is kept; a name that the library knows becomes its metric."""
        written = [form.answers() for form in self.new if form.cleaned_data["name"]]
        known = metrics_by_name(entry["name"] for entry in written)
        for entry in written:
            if metric := known.get(entry["name"]):
                entry |= {"metric": metric.pk, "name": metric.name, "unit": metric.unit}
        verdicts = [form.answers() for form in self.existing]
        return {"existing": [verdict for verdict in verdicts if verdict], "new": written}


class SourceForm(forms.Form):
    """Where the values of each KPI come from."""

    def __init__(self, data: Data, standing: Standing, known: Mapping[str, str]) -> None:
        super().__init__(data)
        self.names: dict[str, str] = {}
        for number, kpi in enumerate(standing.after.kpis()):
            said = standing.said.source_of(kpi.name.zh) or kpi.source
            self.names[f"source-{number}"] = kpi.name.zh
            self.fields[f"source-{number}"] = forms.CharField(
                label=kpi.name.zh,
                required=False,
                max_length=100,
                initial=said or known.get(kpi.name.zh, ""),
                widget=forms.TextInput(attrs={"list": "sources"}),
            )

    def answers(self) -> Answers:
        """What is kept."""
        return {"sources": {name: self.cleaned_data[field] for field, name in self.names.items()}}


StepForm = ObjectiveForm | ContributionForm | BehaviourForm | KpisForm | SourceForm


def step_form(
    step: Step, data: Data, standing: Standing, *, objectives: Sequence[tuple[int, str]], sources: Mapping[str, str]
) -> StepForm:
    """The form of a step; `objectives` can be chosen, `sources` are those the library names, by metric."""
    if step == Step.OBJECTIVE:
        return ObjectiveForm(data, standing, objectives)
    if step == Step.CONTRIBUTION:
        return ContributionForm(data, standing)
    if step == Step.BEHAVIOUR:
        return BehaviourForm(data, standing)
    if step == Step.KPIS:
        return KpisForm(data, standing)
    return SourceForm(data, standing, sources)


def said_in(redesign: Redesign, step: Step) -> list[str]:
    """What was written in a step, line by line, for those who compare."""
    lines: dict[Step, list[str]] = {
        Step.OBJECTIVE: [redesign.objective],
        Step.CONTRIBUTION: [redesign.output, redesign.contribution],
        Step.BEHAVIOUR: list(redesign.behaviours),
        Step.KPIS: [kpi.name for kpi in redesign.new],
        Step.SOURCE: [f"{name}：{source}" for name, source in (redesign.sources or {}).items()],
    }
    return [line for line in lines[step] if line]


def _shown(level: Decimal | None) -> str | None:
    return None if level is None else trimmed(level)


def _stored(level: Decimal | None) -> str | None:
    return None if level is None else f"{level:f}"
