"""The forms by which a source is set up: its address and secret, its fields, its rhythm, its allowed hosts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accord.domain.source_answers import answers_in, filled
from accord.metrics.connectors.paths import quoted
from accord.metrics.connectors.registry import KINDS
from accord.metrics.models import Connection
from accord.metrics.presets import Preset, Question, SecretAsked
from accord.people.forms import PersonField

RHYTHMS = (
    (15, gettext_lazy("every 15 minutes")),
    (60, gettext_lazy("every hour")),
    (360, gettext_lazy("every 6 hours")),
    (1440, gettext_lazy("every day")),
    (10080, gettext_lazy("every week")),
)
_USUAL_ZONES = ("Asia/Shanghai", "UTC", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/London",
                "Europe/Berlin", "America/New_York", "America/Los_Angeles")  # fmt: skip
_MOST_SETTINGS = 100_000
# Kinds whose fields are named by paths into JSON; of others a field is a column.
_PATHS = frozenset({"rest", "push"})


class SourceForm(forms.Form):
    """The name of a source, the questions of its preset, and its secret, which is never shown again."""

    name = forms.CharField(
        label=gettext_lazy("Name of the source"),
        max_length=100,
        help_text=gettext_lazy("As people call the system; it stands beside every number that comes from it."),
    )

    def __init__(self, preset: Preset | None, data: Any = None, connection: Connection | None = None) -> None:
        self.preset, self.connection = preset, connection
        initial = {"name": connection.source.name if connection else preset.source if preset else ""}
        if preset and connection:
            initial |= {f"q_{key}": text for key, text in answers_in(preset.settings, connection.settings).items()}
        super().__init__(data, initial=initial)
        for question in preset.questions if preset else ():
            self.fields[f"q_{question.key}"] = _asked(question)
        if preset and preset.secret:
            self.fields["secret"] = self._secret_field(preset.secret)

    def _secret_field(self, asked: SecretAsked) -> forms.CharField:
        is_kept = bool(self.connection and self.connection.secret)
        hint = _("Saved. Leave it empty to keep it.") if is_kept else str(asked.hint)
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        required = asked.required and not is_kept
        return forms.CharField(label=str(asked.label), widget=widget, help_text=hint, required=required,
                               max_length=4000, strip=True)  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What the connector says of the settings that come out, below the question that leads to the place."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.preset and not self.errors:
            for problem in KINDS[self.preset.kind].read_settings(self.settings()):
                self.add_error(self._question_at(problem.place), f"{problem.place}: {problem}")
        return cleaned

    def settings(self) -> dict[str, Any]:
        """The settings with the answers in their places; without a preset they stay as they are."""
        stored = self.connection.settings if self.connection else None
        if self.preset is None:
            return dict(stored or {})
        answers = {each.key: self._answer(each) for each in self.preset.questions}
        settings: dict[str, Any] = filled(self.preset.settings, answers, stored)
        return settings

    def secret(self) -> str:
        """The secret that was typed; empty to keep what is stored."""
        return str(self.cleaned_data.get("secret") or "")

    def _answer(self, question: Question) -> str:
        """What was answered; nothing where another answer makes the question pointless."""
        for other, wanted in question.only.items():
            if self.cleaned_data.get(f"q_{other}") not in wanted:
                return ""
        text = str(self.cleaned_data.get(f"q_{question.key}") or "").strip()
        return text.rstrip("/") if question.kind == "url" else text

    def _question_at(self, place: str) -> str | None:
        """The field whose answer stands at a place of the settings."""
        last = place.rpartition(".")[2]
        questions = self.preset.questions if self.preset else ()
        return next((f"q_{each.key}" for each in questions if each.key == last), None)


class FieldsForm(forms.Form):
    """Which fields of the rows are kept, and others by where they stand in an answer."""

    def __init__(self, connection: Connection, found: Mapping[str, Sequence[str]], data: Any = None) -> None:
        super().__init__(data)
        self.connection = connection
        self.streams = {
            name: self._stream(name, found.get(name, ())) for name in connection.settings.get("streams", {})
        }

    def _stream(self, name: str, found: Sequence[str]) -> list[forms.BoundField]:
        known = dict(self.connection.settings["streams"][name].get("fields") or {})
        for at, field in enumerate(known or found):
            self.fields[f"{name}:keep:{at}"] = forms.BooleanField(label=field, required=False, initial=True)
        self.fields[f"{name}:name"] = forms.CharField(
            label=gettext_lazy("Another field"), required=False, max_length=60
        )
        self.fields[f"{name}:path"] = forms.CharField(
            label=pgettext_lazy("field", "Where it stands"), required=False, max_length=300
        )
        return [self[key] for key in self.fields if key.startswith(f"{name}:keep:")]

    def settings(self) -> dict[str, Any]:
        """The settings with the chosen fields."""
        settings: dict[str, Any] = json.loads(json.dumps(self.connection.settings))
        for name, kept in self.streams.items():
            known = dict(settings["streams"][name].get("fields") or {})
            chosen = [str(each.label) for each in kept if self.cleaned_data[each.name]]
            # What no setting names yet was found by its path.
            fields = {field if field in known else _name_of(field): known.get(field, field) for field in chosen}
            more = self.cleaned_data.get(f"{name}:name", "").strip()
            if more:
                fields[more] = self.cleaned_data.get(f"{name}:path", "").strip() or (
                    quoted(more) if self.connection.kind in _PATHS else more
                )
            settings["streams"][name]["fields"] = fields
        return settings


class ScheduleForm(forms.Form):
    """How often a source is read, and who is told when it cannot be."""

    every = forms.TypedChoiceField(
        label=pgettext_lazy("source", "How often"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", gettext_lazy("only when somebody asks")), *RHYTHMS],
    )
    owner = PersonField(
        label=pgettext_lazy("source", "Owner"),
        help_text=gettext_lazy("An HR partner or administrator; they are told once when the source cannot be read."),
    )


class SettingsForm(forms.Form):
    """All settings of a source as JSON, for a system that no preset knows."""

    settings = forms.CharField(
        label=gettext_lazy("Settings"),
        widget=forms.Textarea(attrs={"rows": 24, "class": "code", "spellcheck": "false"}),
        max_length=_MOST_SETTINGS,
    )

    def __init__(self, connection: Connection, data: Any = None) -> None:
        self.kind = KINDS[connection.kind]
        text = json.dumps(connection.settings, ensure_ascii=False, indent=2)
        super().__init__(data, initial={"settings": text})

    def clean_settings(self) -> dict[str, Any]:
        """The settings, with every problem and its place."""
        try:
            settings = json.loads(self.cleaned_data["settings"])
        except (ValueError, RecursionError) as error:
            line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
            text = _("This is no JSON: line %(line)s, column %(column)s.") % {"line": line, "column": column}
            raise forms.ValidationError(text) from error
        problems = self.kind.read_settings(settings)
        if problems:
            raise forms.ValidationError([f"{problem.place}: {problem}" for problem in problems])
        read: dict[str, Any] = settings
        return read


class HostForm(forms.Form):
    """A host of the private network that may be read, and why."""

    host = forms.CharField(label=gettext_lazy("Host"), max_length=255)
    port = forms.IntegerField(
        label=gettext_lazy("Port"),
        min_value=0,
        max_value=65535,
        required=False,
        help_text=gettext_lazy("Empty: any port."),
    )
    reason = forms.CharField(label=pgettext_lazy("host", "Why"), max_length=200)


def zone_choices() -> list[tuple[str, str]]:
    """The time zones, the usual ones first."""
    others = sorted(available_timezones() - set(_USUAL_ZONES))
    return [(name, name) for name in (*_USUAL_ZONES, *others)]


def _asked(question: Question) -> forms.Field:
    options: dict[str, Any] = {
        "label": question.label,
        "help_text": str(question.hint),
        "required": question.required,
        "initial": question.default,
    }
    if question.kind == "choice":
        return forms.ChoiceField(choices=[(value, str(words)) for value, words in question.choices], **options)
    if question.kind == "zone":
        return forms.ChoiceField(choices=zone_choices(), **options)
    attrs = {"inputmode": "url", "spellcheck": "false"} if question.kind == "url" else {"spellcheck": "false"}
    return forms.CharField(max_length=500, widget=forms.TextInput(attrs=attrs), **options)


def _name_of(path: str) -> str:
    """What a field is called that was found by its path: the path without its quotes."""
    return path.replace('"', "")[:100]
