"""Forms of agreements. Weights are written in percent; what a number means stands in AgreementLine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as fields_of
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.domain.scoring import METHODS, SCORES
from accord.domain.wording import trimmed
from accord.foundation.language import readers_language
from accord.goals.models import AgreementLine, KeyResult
from accord.goals.services.agreements.drafts import LineDraft
from accord.metrics.models import Metric
from accord.metrics.queries.library import find_metric
from accord.metrics.templatetags.metrics import metric_name, quantity
from accord.people.forms import DateInput

_HUNDRED = Decimal(100)
# The scoring methods that need no more than the numbers asked for here; others come with an assessment model.
_PLAIN_METHODS = ("completion_ratio", "threshold_target_stretch", "all_or_nothing", "difference")
_SHORT = forms.Textarea(attrs={"rows": 2})


class EditionForm(forms.Form):
    """Something done to the wording its author saw."""

    edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def _number(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=19, decimal_places=6, **more)


def _percent(label: Any, **more: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"step": "any", "min": 0, "max": 100, "inputmode": "decimal"})
    return forms.DecimalField(
        label=label, min_value=0, max_value=100, max_digits=7, decimal_places=4, widget=widget, **more
    )


class LineForm(EditionForm):
    """What can be agreed about one line. Threshold and stretch are asked for where the scoring method reads them."""

    weight = _percent(_("Weight, %"))
    target = _number(_("Target"))
    threshold = _number(_("Threshold"), required=False)
    stretch = _number(_("Stretch value"), required=False)
    why = forms.CharField(label=_("Why this KPI, why this level"), required=False, max_length=500, widget=_SHORT)

    key_result_id = forms.TypedChoiceField(
        label=_("Key result it serves"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, line: AgreementLine, edition: int, sent: Any = None, *, key_results: Sequence[KeyResult] = ()
    ) -> None:
        initial = {
            "edition": edition,
            "weight": plain(line.weight * _HUNDRED),
            "why": line.why,
            "key_result_id": line.key_result_id,
            **{name: plain(getattr(line, name)) for name in ("target", "threshold", "stretch")},
        }
        super().__init__(sent, initial=initial, prefix=f"line{line.metric_id}")
        self.line = line
        read = {field.name for field in fields_of(SCORES[line.method])} if line.method in SCORES else set()
        for name in ("threshold", "stretch"):
            if name not in read and getattr(line, name) is None:
                del self.fields[name]
        self._offer(key_results)
        self._show_room("weight", line.weight_min, line.weight_max, _HUNDRED, line)
        self._show_room("target", line.target_min, line.target_max, Decimal(1), line)

    def _offer(self, key_results: Sequence[KeyResult]) -> None:
        """Let one of these be chosen, or what the line serves already; without any there is nothing to ask."""
        titles = {each.pk: f"{each.objective.title} · {each.title}" for each in key_results}
        if self.line.key_result:
            titles.setdefault(self.line.key_result.pk, self.line.key_result.title)
        field = self.fields["key_result_id"]
        if titles and isinstance(field, forms.TypedChoiceField):
            field.choices = [("", _("None")), *titles.items()]
        else:
            del self.fields["key_result_id"]

    def _show_room(
        self, name: str, least: Decimal | None, most: Decimal | None, times: Decimal, line: AgreementLine
    ) -> None:
        """Say which room the model leaves; with both ends a slider can be put beside the number."""
        field = self.fields[name]
        field.widget.attrs |= {"inputmode": "decimal", "step": "any"}
        if least is None or most is None:
            return
        field.widget.attrs |= {"min": plain(least * times), "max": plain(most * times), "data-slide": ""}
        if times == 1:
            words = {"least": quantity(least, line.metric), "most": quantity(most, line.metric)}
        else:
            words = {"least": f"{plain(least * times)}%", "most": f"{plain(most * times)}%"}
        field.help_text = _("Can be agreed from %(least)s to %(most)s.") % words

    def changes(self) -> dict[str, Any]:
        """What was sent, as the service takes it."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "edition"}
        return {**told, "weight": told["weight"] / _HUNDRED}


class WeightsForm(EditionForm):
    """The weights of all lines at once."""

    def __init__(self, lines: Sequence[AgreementLine], edition: int, sent: Any = None) -> None:
        super().__init__(sent, initial={"edition": edition}, prefix="weights")
        for line in lines:
            field = _percent(metric_name(line.metric), initial=plain(line.weight * _HUNDRED))
            field.widget.attrs["data-sums"] = ""
            self.fields[f"m{line.metric_id}"] = field

    def weights(self) -> dict[int, Decimal]:
        """The weights by metric."""
        sent = self.cleaned_data.items()
        return {int(name[1:]): value / _HUNDRED for name, value in sent if name.startswith("m")}


class _MetricField(forms.ModelChoiceField[Metric]):
    def label_from_instance(self, obj: Any) -> str:
        return metric_name(obj)


def _methods() -> list[tuple[str, str]]:
    return [(code, METHODS[code].name.say(readers_language())) for code in _PLAIN_METHODS]


class AddLineForm(EditionForm):
    """One more KPI, with a method that needs no more than these numbers."""

    metric = _MetricField(label=_("Metric"), queryset=Metric.objects.filter(is_active=True).order_by("name"))
    weight = _percent(_("Weight, %"))
    target = _number(_("Target for one period"))
    method = forms.ChoiceField(label=_("Scoring method"), choices=_methods)
    threshold = _number(_("Threshold"), required=False, help_text=_("For threshold, target, stretch only."))
    stretch = _number(_("Stretch value"), required=False)
    unit = _number(
        _("Difference: for each"), required=False, help_text=_("The distance from the target that is worth the points.")
    )
    points_per_unit = _number(_("Difference: points"), required=False)
    why = forms.CharField(label=_("Why this KPI"), required=False, max_length=500, widget=_SHORT)
    field_order = ("metric", "weight", "target", "method")

    def __init__(self, edition: int, sent: Any = None) -> None:
        super().__init__(sent, initial={"edition": edition}, prefix="add")

    def draft(self) -> LineDraft:
        """The line to be."""
        sent = self.cleaned_data
        given = {name: plain(sent[name]) for name in ("unit", "points_per_unit") if sent[name] is not None}
        return LineDraft(
            metric_id=sent["metric"].pk,
            weight=sent["weight"] / _HUNDRED,
            target=sent["target"],
            threshold=sent["threshold"],
            stretch=sent["stretch"],
            method=sent["method"],
            params=given if sent["method"] == "difference" else {},
            why=sent["why"],
        )


class CommentForm(forms.Form):
    """A word about a line, or about the whole where no metric is named."""

    metric = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Your words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_metric(self) -> int | None:
        """Only a metric that is there."""
        metric: int | None = self.cleaned_data["metric"]
        if metric is not None and find_metric(metric) is None:
            raise forms.ValidationError(_("There is no such metric."))
        return metric


class AmendmentForm(forms.Form):
    """From when on, and why."""

    effective_on = forms.DateField(
        label=_("Takes effect on"),
        widget=DateInput(),
        help_text=_("Periods that ended before both have signed stay as they are."),
    )
    reason = forms.CharField(label=_("Why it is needed"), max_length=1000, widget=_SHORT)
    is_retroactive = forms.BooleanField(
        label=_("Also for periods that have ended since that day; both sign that, in these words"), required=False
    )


class EndingForm(forms.Form):
    """With which day it ends, and why."""

    on = forms.DateField(label=_("Last day"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("Both sides read it; it is archived."))


def plain(value: Decimal | None) -> str:
    """A number as a field of a form takes it."""
    return "" if value is None else trimmed(value)
