"""One field as a page shows it: for writing in, or to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text
from accord.workflow.forms.answers import SBI_PARTS, written
from accord.workflow.models import Attachment
from accord.workflow.queries.names import Names, unit_paths
from accord.workflow.queries.schema import Settings, is_optional, most_files, most_rows
from accord.workflow.services.attachments import families_of
from accord.workflow.services.file_types import FAMILIES, INLINE, suffixes_of
from accord.workflow.services.merging import plain

Problems = Mapping[str, Sequence[str]]

RADIO_UP_TO = 5
"""A choice of more options is a list to open, unless its designer says otherwise."""

_JOINED = frozenset({"text", "long_text", "sbi"})
_GROUPS = frozenset({"multi_choice", "rating", "table", "sbi"})
_SBI: Mapping[str, tuple[Text, Text]] = {
    "situation": (_("Situation"), _("When and where was it? One occasion, as both remember it.")),
    "behaviour": (_("Behaviour"), _("What did the person do or say? What a camera would have recorded.")),
    "impact": (_("Impact"), _("What did it lead to, for customers, colleagues, results or you?")),
    "suggestion": (_("Suggestion"), _("What would you keep, or do differently next time?")),
    "resources": (_("Support"), _("What time, training or help is there for it?")),
}
_SBI_NEEDED = ("situation", "behaviour", "impact")


@dataclass(frozen=True)
class Reading:
    """What is known of a fill while its fields are drawn."""

    answers: Mapping[str, Any]
    set_aside: Mapping[str, Mapping[str, Any]]
    visible: frozenset[str]
    calculated: Mapping[str, Any]
    language: str
    names: Names
    files: Sequence[Attachment]
    sees_numbers: bool


@dataclass(frozen=True)
class Option:
    """A choice or an anchor."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Aside:
    """What another window wrote for a field while this text was saved."""

    window: str
    text: str


@dataclass(frozen=True)
class FieldView:
    """A field, a cell of a table or a part of a composite. `name` is what a browser sends it as."""

    key: str
    name: str
    kind: str
    label: Text
    help: Text = ""
    unit: str = ""
    settings: Settings = field(default_factory=dict)
    is_editable: bool = False
    is_optional: bool = False
    is_required: bool = False
    is_visible: bool = True
    is_filled: bool = False
    written: Any = ""
    text: str = ""
    is_cell: bool = False
    suggestions: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    columns: tuple[FieldView, ...] = ()
    rows: tuple[tuple[FieldView, ...], ...] = ()
    parts: tuple[FieldView, ...] = ()
    files: tuple[Attachment, ...] = ()
    origin: Mapping[str, Any] = field(default_factory=dict)
    origin_label: str = ""
    is_withheld: bool = False
    problems: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    line: str = ""

    @property
    def joins(self) -> bool:
        """Whether two of its answers can stay one below the other."""
        return self.kind in _JOINED

    @property
    def pictures(self) -> frozenset[str]:
        """The types of files that are shown as pictures."""
        return INLINE

    @property
    def described_by(self) -> str:
        """The ids of what explains it."""
        hint = f"f-{self.name}-hint" if self.help else ""
        return f"{hint} f-{self.name}-problems".strip() if self.problems else hint

    @property
    def widget(self) -> str:
        """The template that draws it for writing."""
        return f"workflow/fields/{self.kind}.html"

    @property
    def is_group(self) -> bool:
        """Whether it has several controls, so that a legend names it."""
        return self.kind in _GROUPS or self.is_radio

    @property
    def is_radio(self) -> bool:
        """Whether a choice shows all its options at once."""
        shown_as = self.settings.get("shown_as") or ("radio" if len(self.options) <= RADIO_UP_TO else "select")
        return self.kind == "choice" and shown_as == "radio"

    @property
    def level(self) -> int:
        """1 or 2, of a heading."""
        return int(self.settings.get("level") or 1)

    @property
    def can_add_row(self) -> bool:
        """Whether a table may have another row."""
        return len(self.rows) < most_rows(self.settings)

    @property
    def accept(self) -> str:
        """The suffixes that a file field offers."""
        return ",".join(suffixes_of(families_of(self.settings)))

    @property
    def accepted_words(self) -> list[str]:
        """The same in words."""
        return [str(FAMILIES[family]) for family in families_of(self.settings)]

    @property
    def takes_files(self) -> bool:
        """Whether there is room for another file."""
        return len(self.files) < most_files(self.settings)


def view_of(settings: Settings, reading: Reading, is_editable: bool, problems: Problems) -> FieldView:
    """A field of the form as it stands."""
    key, kind = settings["key"], settings["kind"]
    answer = reading.answers.get(key)
    if kind == "calculated":
        answer = reading.calculated.get(key)
    files = tuple(each for each in reading.files if each.field_key == key)
    view = _drawn(settings, key, answer, reading, is_editable, problems, key)
    return FieldView(
        **{
            **view,
            "is_optional": is_optional(settings),
            "is_visible": key in reading.visible,
            "is_filled": bool(files) if kind == "attachment" else plain(answer) is not None,
            "files": files,
            "asides": _asides(settings, reading),
            "line": _in_a_line(settings, answer, reading),
            "suggestions": unit_paths() if kind == "org_unit" and is_editable else (),
            **(_metric(answer, reading) if kind == "metric" else {}),
        }
    )


def said(text: Any, language: str) -> str:
    """A text of a definition in the reader's language, in Chinese where there is no other."""
    words = text if isinstance(text, dict) else {"zh": text or ""}
    return str((words.get("en") if language.startswith("en") else "") or words.get("zh", ""))


def _drawn(
    settings: Settings,
    name: str,
    answer: Any,
    reading: Reading,
    is_editable: bool,
    problems: Problems,
    place: str,
) -> dict[str, Any]:
    """The parts of a view that fields and cells of tables have in common."""
    shown = written(settings, answer, reading.names)
    drawn: dict[str, Any] = {
        "key": settings["key"],
        "name": name,
        "kind": settings["kind"],
        "label": said(settings.get("label"), reading.language),
        "help": said(settings.get("help"), reading.language),
        "unit": said(settings.get("unit"), reading.language),
        "settings": settings,
        "is_editable": is_editable,
        "is_required": bool(settings.get("required")),
        "written": shown,
        "options": _options(settings, shown, reading.language),
        "problems": tuple(problems.get(place, ())),
    }
    drawn["text"] = _text(settings, shown, drawn["options"])
    if settings["kind"] == "table":
        drawn |= _table(settings, name, answer, reading, is_editable, problems)
    if settings["kind"] == "sbi":
        drawn["parts"] = tuple(_sbi_part(part, name, shown, is_editable, problems, place) for part in SBI_PARTS)
    return drawn


def _options(settings: Settings, shown: Any, language: str) -> tuple[Option, ...]:
    chosen = shown if isinstance(shown, list) else [shown]
    return tuple(
        Option(str(each["value"]), said(each["label"], language), str(each["value"]) in chosen)
        for each in settings.get("options") or settings.get("anchors") or ()
    )


def _text(settings: Settings, shown: Any, options: Sequence[Option]) -> str:
    """The answer as it is read."""
    picked = [option for option in options if option.is_chosen]
    if settings["kind"] == "rating":
        return " ".join(f"{option.value} · {option.label}" for option in picked)
    if options:
        return "、".join(option.label for option in picked)
    return shown if isinstance(shown, str) else ""


def _table(
    settings: Settings,
    name: str,
    answer: Any,
    reading: Reading,
    is_editable: bool,
    problems: Problems,
) -> dict[str, Any]:
    """Columns and rows. A table that is written in has one empty row more than answers, so that it grows without a
    script as well."""
    rows = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
    if is_editable:
        wanted = max(len(rows) + 1, int(settings.get("min_rows") or 1))
        rows += [{}] * (min(most_rows(settings), wanted) - len(rows))

    def cell(column: Settings, number: int, row: Mapping[str, Any]) -> FieldView:
        key = column["key"]
        place = f"{settings['key']}[{number}].{key}"
        drawn = _drawn(column, f"{name}-{number}-{key}", row.get(key), reading, is_editable, problems, place)
        return FieldView(is_cell=True, **drawn)

    return {
        "columns": tuple(cell(column, 0, {}) for column in settings["columns"]),
        "rows": tuple(
            tuple(cell(column, number, row) for column in settings["columns"]) for number, row in enumerate(rows)
        ),
    }


def _sbi_part(part: str, name: str, shown: Any, is_editable: bool, problems: Problems, place: str) -> FieldView:
    label, help_text = _SBI[part]
    text = shown.get(part, "") if isinstance(shown, dict) else ""
    return FieldView(
        key=part,
        name=f"{name}-{part}",
        kind="long_text",
        label=label,
        help=help_text,
        is_editable=is_editable,
        is_optional=part not in _SBI_NEEDED,
        written=text,
        text=text,
        problems=tuple(problems.get(f"{place}.{part}", ())),
    )


def _metric(answer: Any, reading: Reading) -> dict[str, Any]:
    """A metric's value with its origin, for those who may see the person's numbers."""
    if not isinstance(answer, dict):
        return {"text": "", "is_filled": False}
    if not reading.sees_numbers:
        return {"text": "", "is_withheld": True}
    origin = answer.get("origin") or {}
    return {
        "text": str(origin.get("shown") or answer.get("value") or ""),
        "origin": origin,
        "origin_label": said(origin.get("label"), reading.language),
    }


def _asides(settings: Settings, reading: Reading) -> tuple[Aside, ...]:
    found = reading.set_aside.get(settings["key"], {})
    return tuple(Aside(window, _in_a_line(settings, value, reading)) for window, value in found.items())


def _in_a_line(settings: Settings, value: Any, reading: Reading) -> str:
    """Any answer as a text that can be compared with another."""
    shown = written(settings, value, reading.names)
    if isinstance(shown, dict):
        return "\n".join(text for text in shown.values() if text)
    if isinstance(shown, list) and settings["kind"] == "table":
        return "\n".join(" · ".join(str(text) for text in row.values() if text) for row in shown)
    return _text(settings, shown, _options(settings, shown, reading.language))
