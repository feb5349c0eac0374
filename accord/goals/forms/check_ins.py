"""The check-in: one line and three taps. What was answered last time is answered already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.domain.wording import trimmed
from accord.goals.models import CheckIn, CheckInRhythm, KeyResult
from accord.goals.queries.check_ins import newest_of
from accord.goals.queries.check_ins_due import my_key_results, my_metrics
from accord.goals.services.check_ins import Words
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name
from accord.people.models import Employee
from accord.workflow.services.file_types import FAMILIES, suffixes_of

USUAL_CONFIDENCE = 7
_NOTHING = ("", _("Something else"))


class ManyFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class FilesField(forms.Field):
    """Several files; what is in them the service looks at."""

    widget = ManyFiles

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class CheckInForm(forms.Form):
    """What moved, of which KPI, how sure one is, and what shows it."""

    about = forms.ChoiceField(label=pgettext_lazy("check-in", "About"), required=False, widget=forms.RadioSelect)
    moved = forms.CharField(
        label=_("What moved"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "send"}),
    )
    value = forms.DecimalField(
        label=_("Value"),
        required=False,
        max_digits=18,
        decimal_places=6,
        help_text=_("Shown beside your line. It never replaces the number from the data source."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    confidence = forms.TypedChoiceField(
        label=_("How sure I am to reach the target"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 11)],
        widget=forms.RadioSelect,
    )
    obstacle = forms.CharField(
        label=_("What is in the way"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(["https"], message=_("Only links that begin with https:// are taken."))],
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    evidence = FilesField(
        label=_("Files"),
        required=False,
        widget=ManyFiles(attrs={"multiple": True, "accept": ",".join(suffixes_of(list(FAMILIES)))}),
    )
    page = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = choices
        self.fields["about"].choices = choices.offered()  # type: ignore[attr-defined]

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if value is not None and abs(value) >= 10**12:
            raise forms.ValidationError(_("This number is too large."))
        return value

    def words(self) -> Words:
        """What was written, for the service."""
        told = self.cleaned_data
        subject = self.subjects.named(told["about"])
        return Words(
            moved=told["moved"],
            confidence=told["confidence"],
            metric=subject if isinstance(subject, Metric) else None,
            key_result=subject if isinstance(subject, KeyResult) else None,
            value=told["value"] if subject else None,
            obstacle=told["obstacle"],
            link=told["link"],
        )

    @property
    def sent_from(self) -> UUID | None:
        page: UUID | None = self.cleaned_data["page"]
        return page


class Choices:
    """What somebody may check in about: their metrics and key results, by the words a form sends."""

    def __init__(self, metrics: Sequence[Metric], results: Sequence[KeyResult]) -> None:
        self._found: dict[str, Metric | KeyResult] = {f"metric-{each.pk}": each for each in metrics}
        self._found |= {f"result-{each.pk}": each for each in results}

    @classmethod
    def of(cls, employee: Employee, today: date, more: CheckIn | None = None) -> Choices:
        """Those of today; `more` is a check-in whose own subject may stay although it is over."""
        metrics, results = my_metrics(employee, today), my_key_results(employee, today)
        if more and more.metric and more.metric not in metrics:
            metrics.append(more.metric)
        if more and more.key_result and more.key_result not in results:
            results.append(more.key_result)
        return cls(metrics, results)

    def offered(self) -> list[tuple[str, Any]]:
        """As radio buttons, in order; what fits none of them stands last."""
        return [*((word, _label(each)) for word, each in self._found.items()), _NOTHING]

    def named(self, word: str) -> Metric | KeyResult | None:
        return self._found.get(word)

    def first_answers(self, employee: Employee) -> Mapping[str, Any]:
        """What the form holds when it is opened: the KPI and the confidence of last time."""
        last = newest_of(employee)
        about = subject_word(last) if last else ""
        if about not in self._found:
            about = next(iter(self._found), "")
        return {"about": about, "confidence": last.confidence if last else USUAL_CONFIDENCE, "page": uuid4()}


class RhythmForm(forms.Form):
    """How often to be reminded."""

    rhythm = forms.ChoiceField(label=_("Remind me"), choices=CheckInRhythm.Rhythm.choices)


def answers_of(check_in: CheckIn) -> dict[str, Any]:
    """The words of a check-in as a form holds them, to correct them."""
    kept = {name: getattr(check_in, name) for name in ("moved", "confidence", "obstacle", "link")}
    value = None if check_in.value is None else trimmed(check_in.value)
    return kept | {"about": subject_word(check_in), "value": value}


def subject_word(check_in: CheckIn) -> str:
    """How a form names what a check-in is about."""
    if check_in.metric_id:
        return f"metric-{check_in.metric_id}"
    return f"result-{check_in.key_result_id}" if check_in.key_result_id else ""


def _label(subject: Metric | KeyResult) -> str:
    return metric_name(subject) if isinstance(subject, Metric) else subject.title
