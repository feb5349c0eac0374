"""The form of a metric."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.metrics.models import Metric
from accord.metrics.queries.library import is_part_of_ratio, metrics_by_name, possible_parts
from accord.people.models import Employee

_PARTS = ("numerator", "denominator")


class MetricForm(forms.ModelForm[Metric]):
    """Everything a metric says of itself. The owner is named by number: a list of everybody would be too long."""

    owner_no = forms.CharField(
        label=gettext_lazy("Owner's employee number"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Who answers questions about this metric."),
    )

    class Meta:
        model = Metric
        fields = (
            "name",
            "unit",
            "direction",
            "frequency",
            "aggregation",
            "numerator",
            "denominator",
            "decimals",
            "source",
            "description",
            "name_en",
            "is_active",
        )
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "unit": gettext_lazy("For example 元, 单 or %; with %, 12 means 12 %."),
            "aggregation": gettext_lazy("How values of several periods become one."),
            "numerator": gettext_lazy("Only for a ratio: it is worked out whenever a value of either part arrives."),
            "source": gettext_lazy("The system that the values come from, for example CRM."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in _PARTS:
            self.fields[part].queryset = possible_parts(self.instance)  # type: ignore[attr-defined]
        if self.instance.owner:
            self.initial["owner_no"] = self.instance.owner.employee_no

    def clean_name(self) -> str:
        """No second metric that files could mean by the same name."""
        name: str = self.cleaned_data["name"]
        other = metrics_by_name([name]).get(name)
        if other is not None and other.pk != self.instance.pk:
            raise ValidationError(_("“%(metric)s” is in the library already.") % {"metric": other.name})
        return name

    def clean_decimals(self) -> int:
        """Values are kept with six decimals."""
        decimals: int = self.cleaned_data["decimals"]
        if decimals > 6:
            raise ValidationError(_("At most six decimals are kept."))
        return decimals

    def clean_owner_no(self) -> str:
        """The number of somebody who is known here."""
        number: str = self.cleaned_data["owner_no"]
        owner = Employee.objects.filter(employee_no__iexact=number).first() if number else None
        if number and owner is None:
            raise ValidationError(_("Nobody has the employee number “%(number)s”.") % {"number": number})
        self.instance.owner = owner
        return number

    def clean(self) -> dict[str, Any]:
        """A ratio has two parts of its own frequency, which are no ratios themselves; nothing else has parts."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("aggregation") == Metric.Aggregation.RATIO:
            self._check_parts(cleaned)
        else:
            cleaned.update(dict.fromkeys(_PARTS))
        self._check_as_part()
        return cleaned

    def _check_as_part(self) -> None:
        """A ratio relies on what its parts are."""
        changed = [name for name in ("frequency", "aggregation") if name in self.changed_data]
        if self.instance.pk and changed and is_part_of_ratio(self.instance):
            sentence = _("This metric is part of a ratio, so its frequency and aggregation stay as they are.")
            self.add_error(changed[0], sentence)

    def _check_parts(self, cleaned: dict[str, Any]) -> None:
        for part in _PARTS:
            metric = cleaned.get(part)
            if metric is None:
                self.add_error(part, _("A ratio needs both parts."))
            elif metric.frequency != cleaned.get("frequency"):
                self.add_error(part, _("“%(metric)s” has another frequency than the ratio.") % {"metric": metric.name})
