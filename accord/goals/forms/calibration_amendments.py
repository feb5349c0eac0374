"""Forms that propose new numbers: for the lines of one agreement, or one line of several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accord.domain.amendments import Touched, by_percent, next_beginning, touched
from accord.domain.periods import Frequency
from accord.domain.wording import trimmed
from accord.goals.models import Agreement, AgreementLine, AgreementTerms
from accord.goals.services.calibrations.proposals import LEVELS, NUMBERS, Changes, Proposal
from accord.goals.templatetags.goals import in_language
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name

_HUNDRED = Decimal(100)
_OPTIONAL = ("threshold", "stretch")
# Methods that compare with a threshold and a stretch value; the others show them only where they were agreed.
_INTERPOLATED = "threshold_target_stretch"
_LABELS = {"weight": _("Weight in %"), "target": _("Target"), "threshold": _("Threshold"), "stretch": _("Stretch")}


Held = Sequence[tuple[Agreement, AgreementTerms]]
"""Agreements with the terms that hold."""


class _Effective(forms.Form):
    """From when on and why: what every amendment says."""

    effective_on = forms.DateField(
        label=_("With effect from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It goes into the document that both sign. One sentence that both understand in a year."),
    )
    is_retroactive = forms.BooleanField(
        label=_("Judge periods that are over anew"),
        required=False,
        help_text=_("Past scores will move. The document says so, and it counts only when both have signed that."),
    )

    today: date
    frequencies: Sequence[Frequency] = ()

    @property
    def touched(self) -> list[Touched]:
        """Which periods the day chosen, or suggested, touches."""
        chosen = self.cleaned_data.get("effective_on") if self.is_bound else self.initial.get("effective_on")
        return touched(chosen, self.frequencies, self.today) if chosen else []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        past = sum(each.over for each in self.touched)
        if past and not cleaned.get("is_retroactive"):
            text = _(
                "%(past)s periods that are over would be judged anew. Choose a later day, or say that you mean it."
            )
            self.add_error("effective_on", forms.ValidationError(text, params={"past": past}))
        return cleaned

    def fingerprint(self) -> str:
        """A text that tells whether what is saved is what the effect was shown of, beside the same terms in force."""
        told = (sorted(self.cleaned_data.items(), key=str), self.bases())
        return sha256(repr(told).encode()).hexdigest()[:16]

    def bases(self) -> list[int]:
        """The keys of the terms that the numbers are compared with."""
        raise NotImplementedError

    def proposal_for(self, terms: AgreementTerms, changes: Changes) -> Proposal:
        """What is proposed with these changes. Retroactive is only what judges something anew."""
        cleaned, past = self.cleaned_data, any(each.over for each in self.touched)
        is_retroactive = cleaned["is_retroactive"] and past
        return Proposal(changes, cleaned["effective_on"], cleaned["reason"], is_retroactive, terms.pk)


@dataclass(frozen=True)
class AmendRow:
    """One line in the editor: as it is in force, and the fields for what it is to become."""

    line: AgreementLine
    fields: Sequence[BoundField]


class AmendForm(_Effective):
    """The lines of the terms in force, each number to be written over."""

    def __init__(self, terms: AgreementTerms, today: date, sent: Any = None) -> None:
        self.today, self.terms = today, terms
        self.lines = list(terms.lines.all())
        self.frequencies = [Frequency(line.metric.frequency) for line in self.lines]
        super().__init__(sent, initial={"effective_on": suggested_day(terms.agreement, self.frequencies, today)})
        for line in self.lines:
            for name in NUMBERS:
                if name not in _OPTIONAL or line.method == _INTERPOLATED or getattr(line, name) is not None:
                    self.fields[f"{name}-{line.metric_id}"] = _number(line, name)

    def rows(self) -> Iterator[AmendRow]:
        """The lines with their fields."""
        for line in self.lines:
            names = (f"{name}-{line.metric_id}" for name in NUMBERS)
            yield AmendRow(line, [self[name] for name in names if name in self.fields])

    def bases(self) -> list[int]:
        return [self.terms.pk]

    def proposal(self) -> Proposal:
        """What differs from what is in force."""
        found = {line.metric_id: self._changes(line) for line in self.lines}
        return self.proposal_for(self.terms, {metric: changed for metric, changed in found.items() if changed})

    def _changes(self, line: AgreementLine) -> dict[str, Decimal | None]:
        changed: dict[str, Decimal | None] = {}
        for name in NUMBERS:
            field = f"{name}-{line.metric_id}"
            if field in self.fields:
                value = self.cleaned_data[field]
                after = value / _HUNDRED if name == "weight" and value is not None else value
                if after != getattr(line, name):
                    changed[name] = after
        return changed


class AmendManyForm(_Effective):
    """One KPI of several people, its levels moved by the same percentage."""

    metric = forms.ModelChoiceField(label=_("KPI"), queryset=Metric.objects.none(), empty_label=None)
    percent = forms.DecimalField(
        label=_("Change of the target in %"),
        min_value=Decimal(-99),
        max_value=Decimal(1000),
        max_digits=8,
        decimal_places=4,
        help_text=_("−10 lowers it by a tenth. Threshold and stretch move along."),
    )
    people = forms.MultipleChoiceField(label=_("For whom"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, held: Held, today: date, sent: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        self.today, self.held = today, {str(agreement.pk): (agreement, terms) for agreement, terms in held}
        metrics = {line.metric_id: line.metric for _agreement, terms in held for line in terms.lines.all()}
        self.frequencies = [Frequency(metric.frequency) for metric in metrics.values()]
        agreement = held[0][0] if held else None
        day = suggested_day(agreement, self.frequencies, today) if agreement else today
        super().__init__(sent, initial={"effective_on": day, "people": list(self.held), **(initial or {})})
        self.fields["metric"].queryset = Metric.objects.filter(pk__in=metrics).order_by("name")  # type: ignore[attr-defined]
        self.fields["metric"].label_from_instance = metric_name  # type: ignore[attr-defined]
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (pk, f"{each.employee.name} · {in_language(each.employee.position)}") for pk, (each, _) in self.held.items()
        ]

    def clean_percent(self) -> Decimal:
        percent: Decimal = self.cleaned_data["percent"]
        if not percent:
            raise forms.ValidationError(_("0 % changes nothing."))
        return percent

    def clean(self) -> dict[str, Any]:
        # Only the periods of the KPI that is changed are touched.
        if metric := self.cleaned_data.get("metric"):
            self.frequencies = [Frequency(metric.frequency)]
        return super().clean()

    def proposals(self) -> list[tuple[Agreement, Proposal]]:
        """What is proposed for each person chosen; whoever has no such line has nothing changed."""
        return [(agreement, self.proposal_for(terms, self._changes(terms))) for agreement, terms in self._chosen()]

    def bases(self) -> list[int]:
        return [terms.pk for _agreement, terms in self._chosen()]

    def _chosen(self) -> list[tuple[Agreement, AgreementTerms]]:
        return [self.held[pk] for pk in self.cleaned_data["people"]]

    def _changes(self, terms: AgreementTerms) -> dict[int, dict[str, Decimal | None]]:
        metric, percent = self.cleaned_data["metric"], self.cleaned_data["percent"]
        line = next((line for line in terms.lines.all() if line.metric_id == metric.pk), None)
        levels = {name: getattr(line, name) for name in LEVELS} if line else {}
        moved = {name: by_percent(was, percent, metric.decimals) for name, was in levels.items() if was is not None}
        return {metric.pk: dict(moved)} if moved else {}


def suggested_day(agreement: Agreement, frequencies: Sequence[Frequency], today: date) -> date:
    """The day on which the next period begins, within the agreement."""
    return max(agreement.starts_on, min(next_beginning(frequencies, today), agreement.ends_on))


def _number(line: AgreementLine, name: str) -> forms.DecimalField:
    value = getattr(line, name)
    is_weight = name == "weight"
    field = forms.DecimalField(
        label=_LABELS[name],
        required=name not in _OPTIONAL,
        initial=None if value is None else trimmed(value * _HUNDRED if is_weight else value),
        min_value=Decimal(0) if is_weight else None,
        max_value=_HUNDRED if is_weight else None,
        max_digits=19,
        decimal_places=4 if is_weight else 6,
    )
    field.widget.attrs["step"] = "any"
    return field


class HistoryForm(forms.Form):
    """Which day, and from which day one looks at it."""

    on = forms.DateField(label=_("What held on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    known = forms.DateField(
        label=_("as was known on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
