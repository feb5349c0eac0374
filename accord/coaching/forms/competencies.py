"""Forms of competencies: assessing somebody, and writing the framework."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.coaching.models import Competency
from accord.coaching.models.competencies import HIGHEST
from accord.coaching.queries.competencies import Stand, was_just_changed
from accord.coaching.queries.learning_words import competency_name
from accord.coaching.services.assessing import Said
from accord.coaching.services.framework import EVERYBODY, MANAGERS, Whose, Wording
from accord.foundation.language import in_readers_language
from accord.foundation.models import User
from accord.people.models import PositionFamily

NOT_SAID = ""


class AssessForm(forms.Form):
    """One choice for each competency, each with its behaviours; an example where one comes to mind."""

    def __init__(self, stands: Sequence[Stand], *args: Any, is_me: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands = stands
        for stand in stands:
            said = stand.own if is_me else stand.managers
            key = stand.competency.pk
            choices = [
                (str(each.level), in_readers_language(each.behaviour, each.behaviour_en)) for each in stand.levels
            ]
            self.fields[f"level-{key}"] = forms.ChoiceField(
                label=competency_name(stand.competency),
                choices=[*choices, (NOT_SAID, _("Not sure yet"))],
                widget=forms.RadioSelect,
                required=False,
                initial=str(said.level) if said else NOT_SAID,
            )
            self.fields[f"example-{key}"] = forms.CharField(
                label=_("Where it showed"),
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": _("one occasion is enough")}),
                initial=said.example if said else "",
            )

    def asked(self) -> Iterator[tuple[Stand, BoundField, BoundField]]:
        """Each competency with its two fields."""
        for stand in self.stands:
            yield stand, self[f"level-{stand.competency.pk}"], self[f"example-{stand.competency.pk}"]

    def said(self) -> dict[int, Said]:
        """What was said, by key of the competency; what was left open is not there."""
        found = {}
        for stand in self.stands:
            key = stand.competency.pk
            level = self.cleaned_data[f"level-{key}"]
            if level:
                found[key] = Said(int(level), self.cleaned_data[f"example-{key}"])
        return found


class CompetencyForm(forms.Form):
    """A competency with up to five levels in both languages, and what is expected of whom."""

    name = forms.CharField(label=pgettext_lazy("competency", "Name"), max_length=40)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    summary = forms.CharField(label=_("What it is"), max_length=200)
    summary_en = forms.CharField(label=_("What it is, in English"), max_length=300, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0, min_value=0)

    def __init__(self, *args: Any, competency: Competency | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(_initial(competency) if competency else {})
        self.competency = competency
        for level in range(1, HIGHEST + 1):
            is_needed = level <= 2
            label = _("Level %(level)s") % {"level": level}
            self.fields[f"level{level}"] = forms.CharField(label=label, max_length=200, required=is_needed)
            self.fields[f"level{level}_en"] = forms.CharField(label=_("in English"), max_length=300, required=False)
        choices = [("", "–"), *((str(level), str(level)) for level in range(1, HIGHEST + 1))]
        self.families = list(PositionFamily.objects.order_by("id")[:60])
        whose: list[tuple[str, Any]] = [(EVERYBODY, _("Everybody")), (MANAGERS, _("People with reports"))]
        whose += [(str(each.pk), in_readers_language(each.name, each.name_en)) for each in self.families]
        for key, words in whose:
            self.fields[f"expected-{key}"] = forms.ChoiceField(label=words, choices=choices, required=False)

    def level_fields(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The two fields of each level."""
        for level in range(1, HIGHEST + 1):
            yield self[f"level{level}"], self[f"level{level}_en"]

    def expected_fields(self) -> Iterator[BoundField]:
        """Whose level is expected."""
        return (self[name] for name in self.fields if name.startswith("expected-"))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        others = Competency.objects.filter(name=name)
        if self.competency:
            others = others.exclude(pk=self.competency.pk)
        if others.exists():
            raise forms.ValidationError(_("Another competency is called so already."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        filled = [level for level in range(1, HIGHEST + 1) if cleaned.get(f"level{level}")]
        if filled and filled != list(range(1, len(filled) + 1)):
            self.add_error(f"level{len(filled) + 1}", _("Fill in the levels one after the other, without a gap."))
        for name in self.fields:
            if name.startswith("expected-") and int(cleaned.get(name) or 0) > len(filled):
                self.add_error(name, _("There are only %(count)s levels.") % {"count": len(filled)})
        return cleaned

    def already_written(self, by: User) -> Competency | None:
        """The competency to which the same person has just given these words: this is a second click."""
        first = Competency.objects.filter(name=self.data.get("name", "").strip()).first()
        if first is None or not was_just_changed(first, by):
            return None
        told = CompetencyForm(self.data, competency=first)
        return first if told.is_valid() and set(told.changed_data) <= {"edition"} else None

    def wording(self) -> Wording:
        """What is to be written."""
        told = self.cleaned_data
        names = ("name", "name_en", "summary", "summary_en")
        levels = [(told[f"level{level}"], told[f"level{level}_en"]) for level in range(1, HIGHEST + 1)]
        expected: dict[Whose, int] = {}
        for name in self.fields:
            if name.startswith("expected-") and told[name]:
                whose = name.removeprefix("expected-")
                expected[int(whose) if whose.isdigit() else whose] = int(told[name])
        return Wording({name: told[name] for name in names}, [pair for pair in levels if pair[0]], expected)


def _initial(competency: Competency) -> dict[str, Any]:
    initial: dict[str, Any] = {
        name: getattr(competency, name) for name in ("name", "name_en", "summary", "summary_en", "edition")
    }
    for each in competency.levels.all():
        initial |= {f"level{each.level}": each.behaviour, f"level{each.level}_en": each.behaviour_en}
    for said in competency.expectations.all():
        whose = said.family_id or (MANAGERS if said.is_of_managers else EVERYBODY)
        initial[f"expected-{whose}"] = str(said.level)
    return initial
