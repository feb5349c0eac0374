"""Forms of objectives. Shares are written as percentages, as people say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.domain.wording import trimmed
from accord.goals.models import KeyResult, KeyResultCheckIn, Objective
from accord.goals.queries.objective_lists import likely_parents
from accord.goals.templatetags.objectives import whose
from accord.metrics.models import Metric
from accord.people.forms import PersonField
from accord.people.models import Employee, OrgUnit, Position

Subject = Employee | OrgUnit


class PlainNumber(forms.DecimalField):
    """A number as it is stored: six decimals, twelve digits before the point, shown without needless zeros."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_digits": 18, "decimal_places": 6} | options)
        self.widget.attrs |= {"step": "any", "inputmode": "decimal"}

    def prepare_value(self, value: Any) -> Any:
        return trimmed(value) if isinstance(value, Decimal) else value


class PercentField(PlainNumber):
    """A share of 1 written as a percentage: 0.4 is 40."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 100, "decimal_places": 4} | options)

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(value * 100) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return None if cleaned is None else cleaned / 100


class ObjectiveForm(forms.Form):
    """What an objective says; a unit's also names who answers for it."""

    title = forms.CharField(
        label=_("Objective"),
        max_length=200,
        help_text=_("One sentence that says what will be better, and for whom. Numbers belong to the key results."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    why = forms.CharField(
        label=_("Why it matters"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = PersonField(
        label=_("Owner"), required=False, help_text=_("Who answers for it; without one the unit's head.")
    )

    def __init__(self, *args: Any, objective: Objective | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if objective is not None and objective.employee_id:
            del self.fields["owner"]
        elif objective is not None:
            self.initial.setdefault("owner", objective.owner)


class NewObjectiveForm(ObjectiveForm):
    """A new objective: whose it is, and which one it serves."""

    subject = forms.ChoiceField(label=_("Whose objective"))
    parent = forms.ModelChoiceField(
        label=_("Serves"),
        queryset=Objective.objects.none(),
        required=False,
        empty_label=_("Stands for itself"),
        help_text=_("The objective of the company, a unit or a colleague that this one contributes to."),
    )
    field_order = ("subject", "title", "why", "parent", "owner")

    def __init__(self, *args: Any, subjects: Sequence[Subject], cycle: Any, parent: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {key_of(subject): subject for subject in subjects}
        self.fields["subject"].choices = [(key, str(subject)) for key, subject in self.by_key.items()]  # type: ignore[attr-defined]
        parents = self.fields["parent"]
        parents.queryset = likely_parents(cycle, subjects, parent)  # type: ignore[attr-defined]
        parents.initial = parent
        parents.label_from_instance = _as_choice  # type: ignore[attr-defined]

    def chosen(self) -> Subject:
        """Whose objective it is to be."""
        return self.by_key[self.cleaned_data["subject"]]


class KeyResultForm(forms.Form):
    """One key result; a row without a title is left out."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Key result"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=pgettext_lazy("key result", "Kind"),
        choices=KeyResult.Kind.choices,
        initial=KeyResult.Kind.INCREASE,
    )
    metric = forms.ModelChoiceField(
        label=_("Measured by"),
        queryset=Metric.objects.none(),
        required=False,
        empty_label=_("our own check-ins"),
    )
    start = PlainNumber(label=pgettext_lazy("key result", "Start"), required=False)
    target = PlainNumber(label=pgettext_lazy("key result", "Target"), required=False)
    unit = forms.CharField(label=pgettext_lazy("key result", "Unit"), required=False, max_length=20)
    weight = PercentField(label=_("Weight (%)"), required=False)
    owner = PersonField(label=_("Reported by"), required=False)

    def __init__(self, *args: Any, metrics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].queryset = metrics  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        filled = any(cleaned.get(name) not in (None, "") for name in ("target", "weight", "metric", "pk"))
        if not cleaned.get("title") and filled:
            self.add_error("title", _("Say what this key result is, or leave the whole row empty."))
        is_way = cleaned.get("kind") != KeyResult.Kind.MILESTONE
        if cleaned.get("title") and is_way and cleaned.get("target") is None and "target" not in self.errors:
            self.add_error("target", _("Give the target value."))
        return cleaned


class KpiForm(forms.Form):
    """One KPI that a key result is broken into; a row without a metric is left out."""

    metric = forms.ModelChoiceField(label=_("KPI"), queryset=Metric.objects.none(), required=False, empty_label="")
    position = forms.ModelChoiceField(
        label=_("Position"), queryset=Position.objects.none(), required=False, empty_label=_("any position")
    )
    target = PlainNumber(label=pgettext_lazy("KPI", "Level"), required=False)

    def __init__(self, *args: Any, metrics: Any, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].queryset = metrics  # type: ignore[attr-defined]
        self.fields["position"].queryset = positions  # type: ignore[attr-defined]


_SURE = {1: _("1 · hardly possible"), 5: _("5 · could go either way"), 10: _("10 · certain")}


class CheckInForm(forms.Form):
    """One line on a key result; where a metric says the value, only how sure one is."""

    value = PlainNumber(label=pgettext_lazy("key result", "Now"))
    confidence = forms.TypedChoiceField(
        label=_("Confidence"), coerce=int, choices=[(step, _SURE.get(step, str(step))) for step in range(10, 0, -1)]
    )
    note = forms.CharField(
        label=_("What moved, what stands in the way"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, result: KeyResult, sent: Mapping[str, Any] | None = None, line: KeyResultCheckIn | None = None
    ) -> None:
        self.is_milestone = result.kind == KeyResult.Kind.MILESTONE
        said = line.value if line else result.current
        initial = {
            "value": said * 100 if self.is_milestone and said is not None else said,
            "confidence": (line or result).confidence or 7,
            "note": line.note if line else "",
            "corrects": line.pk if line else None,
        }
        place = f"line{line.pk}" if line else "now"
        super().__init__(sent, initial=initial, prefix=f"kr{result.pk}", auto_id=f"{place}-%s")
        if result.metric_id:
            del self.fields["value"]
        elif self.is_milestone:
            self.fields["value"] = PlainNumber(label=_("Done (%)"), min_value=0, max_value=100)

    def stored_value(self) -> Decimal | None:
        """The value as it is stored."""
        given: Decimal | None = self.cleaned_data.get("value")
        return given / 100 if self.is_milestone and given is not None else given


class CloseForm(forms.Form):
    """Close-out: the owner's own score and what was learnt."""

    score = PlainNumber(
        label=_("Own score, 0 to 1"),
        min_value=0,
        max_value=1,
        help_text=_("How you judge what came of it: 0.7 is a good result for an ambitious objective."),
    )
    retrospective = forms.CharField(
        label=_("Retrospective"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What worked, what did not, what to keep and what to do differently next time."),
    )


class ShareForm(forms.Form):
    """How much objectives count in a cycle, and why."""

    share = PercentField(label=_("Share of objectives in the score (%)"))
    reason = forms.CharField(label=_("Reason"), max_length=300)
    seen = forms.DecimalField(min_value=0, max_value=1, decimal_places=6, widget=forms.HiddenInput)


def key_of(subject: Subject) -> str:
    """How a form names a person or a unit."""
    return f"e{subject.pk}" if isinstance(subject, Employee) else f"u{subject.pk}"


def _as_choice(objective: Objective) -> str:
    return f"{whose(objective)} · {objective.title}"
