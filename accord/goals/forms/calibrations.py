"""Forms of calibration meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from accord.goals.models import CalibrationItem, Cycle, ExternalChange
from accord.goals.queries.cycles import cycles
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name
from accord.people.models import Employee, OrgUnit

OWN_REPORTS = "reports"
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlanForm(forms.Form):
    """Which team, which cycle, when. The title is suggested and may be written over."""

    team = forms.ChoiceField(label=_("Team"))
    cycle = forms.ModelChoiceField(label=_("Cycle"), queryset=Cycle.objects.none(), empty_label=None)
    held_on = forms.DateField(label=_("Day of the meeting"), widget=_DAY)
    title = forms.CharField(
        label=_("Title"), max_length=100, required=False, help_text=_("Left empty, it is named after team and cycle.")
    )

    def __init__(self, units: Sequence[OrgUnit], has_reports: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        own = [(OWN_REPORTS, _say("My direct reports"))] if has_reports else []
        self.fields["team"].choices = [*((pk, unit.path) for pk, unit in self.units.items()), *own]  # type: ignore[attr-defined]
        self.fields["cycle"].queryset = cycles()  # type: ignore[attr-defined]

    @property
    def unit(self) -> OrgUnit | None:
        """The unit chosen; None for the direct reports."""
        return self.units.get(self.cleaned_data["team"])

    def named(self, me: Employee) -> str:
        """The title that was written, or team and cycle."""
        team = self.unit.name if self.unit else me.name
        suggested = _say("Calibration of %(team)s, %(cycle)s") % {"team": team, "cycle": self.cleaned_data["cycle"]}
        return (self.cleaned_data["title"] or suggested)[:100]


class ChangeForm(forms.ModelForm[ExternalChange]):
    """What happened outside of anybody's hands: one line, a day, where it helps the KPI it moves."""

    class Meta:
        model = ExternalChange
        fields = ("text", "happened_on", "org_unit", "metric")
        labels = {"text": _("What happened"), "happened_on": _("When"), "org_unit": _("For whom"), "metric": _("KPI")}
        widgets = {"happened_on": _DAY}

    def __init__(self, units: QuerySet[OrgUnit], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["text"].widget.attrs |= {"placeholder": _say("Logistics delayed, a platform changed its rules…")}
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        unit, metric = self.fields["org_unit"], self.fields["metric"]
        unit.queryset, unit.empty_label = units, None  # type: ignore[attr-defined]
        unit.label_from_instance = lambda each: each.path  # type: ignore[attr-defined]
        metric.queryset = Metric.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]
        metric.empty_label = _say("Several, or none in particular")  # type: ignore[attr-defined]
        metric.label_from_instance = metric_name  # type: ignore[attr-defined]

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise forms.ValidationError(_("That day has not come yet. Note it when it has happened."))
        return day


class DecisionForm(forms.Form):
    """Keep, adjust or follow up, with a word."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=CalibrationItem.Decision.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Why, and who does what by when"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)


class MinutesForm(forms.Form):
    """How the meeting began and who was there."""

    opening = forms.CharField(
        label=_("Opening"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the quarter was like, and what this meeting is to settle."),
    )
    present = forms.ModelMultipleChoiceField(
        label=_("Present"), queryset=Employee.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, team: QuerySet[Employee], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = team.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["present"].label_from_instance = lambda each: each.name  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Which state of the meeting was seen by whoever closes it."""

    edition = forms.IntegerField()
