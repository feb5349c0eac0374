"""What the form designer offers: the kinds of fields, what new ones say at first, and the designer's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.templatetags.static import static
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy


@dataclass(frozen=True)
class Part:
    """A kind of field as the palette shows it."""

    kind: str
    name: Promise
    icon: str


@dataclass(frozen=True)
class PartGroup:
    """Kinds that belong together."""

    name: Promise
    parts: Sequence[Part]


def _part(kind: str, name: Promise, icon: str) -> Part:
    return Part(kind, name, icon)


PALETTE = (
    PartGroup(
        gettext_lazy("Words and numbers"),
        (
            _part("text", pgettext_lazy("field", "Short text"), "letter-t"),
            _part("long_text", pgettext_lazy("field", "Long text"), "align-left"),
            _part("number", pgettext_lazy("field", "Number"), "number"),
            _part("date", pgettext_lazy("field", "Date"), "calendar"),
        ),
    ),
    PartGroup(
        gettext_lazy("Choices"),
        (
            _part("choice", pgettext_lazy("field", "One of several"), "circle-dot"),
            _part("multi_choice", pgettext_lazy("field", "Some of several"), "checkbox"),
            _part("rating", pgettext_lazy("field", "Rating"), "star"),
        ),
    ),
    PartGroup(
        gettext_lazy("People and records"),
        (
            _part("person", pgettext_lazy("field", "Person"), "user"),
            _part("org_unit", pgettext_lazy("field", "Org unit"), "sitemap"),
            _part("metric", pgettext_lazy("field", "Metric value"), "chart-line"),
            _part("calculated", pgettext_lazy("field", "Calculated"), "math-function"),
            _part("table", pgettext_lazy("field", "Table"), "table"),
            _part("attachment", pgettext_lazy("field", "Attachment"), "paperclip"),
        ),
    ),
    PartGroup(
        gettext_lazy("Structure"),
        (
            _part("heading", pgettext_lazy("field", "Heading"), "heading"),
            _part("sbi", pgettext_lazy("field", "SBI feedback"), "message-2"),
        ),
    ),
)

KINDS = frozenset(part.kind for group in PALETTE for part in group.parts)

FILE_KINDS = (
    ("image", pgettext_lazy("files", "Pictures")),
    ("pdf", pgettext_lazy("files", "PDF")),
    ("office", pgettext_lazy("files", "Office documents")),
    ("audio", pgettext_lazy("files", "Sound")),
    ("video", pgettext_lazy("files", "Video")),
)

_ANCHORS = (
    pgettext_lazy("anchor", "Far below"),
    pgettext_lazy("anchor", "Below"),
    pgettext_lazy("anchor", "As expected"),
    pgettext_lazy("anchor", "Above"),
    pgettext_lazy("anchor", "Far above"),
)


def kind_signs() -> dict[str, dict[str, str]]:
    """Name and drawing of each kind, for what the browser draws."""
    sprite = static("accord/dist/icons.svg")
    parts = [part for group in PALETTE for part in group.parts]
    return {part.kind: {"name": str(part.name), "icon": f"{sprite}#{part.icon}"} for part in parts}


def kind_name(kind: object) -> str:
    """What a kind is called; a kind nobody knows is called what it calls itself."""
    names = {part.kind: part.name for group in PALETTE for part in group.parts}
    return str(names.get(str(kind), kind))


def starters() -> dict[str, Any]:
    """What new parts of a form say at first, in both languages whatever the designer reads."""
    parts = [part for group in PALETTE for part in group.parts]
    return {
        "labels": {part.kind: _in_both(part.name) for part in parts},
        "option": _in_both(gettext_lazy("Option")),
        "anchors": [_in_both(anchor) for anchor in _ANCHORS],
        "step": _in_both(gettext_lazy("New step")),
        "copy": _in_both(pgettext_lazy("field", " (copy)")),
    }


def _in_both(words: Promise) -> dict[str, str]:
    said = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            said[key] = str(words)
    return said


def designer_words() -> Mapping[str, Any]:
    """What the form designer says by itself; {name} are places its script fills in."""
    return {
        "added": _("“{label}” added, {place} of {count}."),
        "duplicated": _("“{label}” is a copy, {place} of {count}."),
        "moved": _("“{label}” is now {place} of {count}."),
        "deleted": _("“{label}” deleted"),
        "untitled": _("Form without a title"),
        "unlabelled": _("Field without a label"),
        "no_metric": _("No metric chosen yet"),
        "no_formula": _("No formula yet"),
        "placeholders": {
            "text": _("Please enter"),
            "long_text": _("Please enter"),
            "number": _("Please enter a number"),
            "date": _("Choose a date"),
            "choice": _("Please choose"),
            "person": _("Choose a person"),
            "org_unit": _("Choose an org unit"),
        },
        "key_shape": _("A key begins with a small letter and goes on with small letters, digits and _."),
        "key_taken": _("Another field has this key."),
        "option_number": _("Option"),
        "anchor_number": _("What it looks like, anchor"),
        "value_number": _("Value of anchor"),
        "column_number": _("Column"),
        "kind_of_column": _("Kind of column"),
        "options_of_column": _("Options of column"),
        "step_number": _("Step"),
        "condition_field": _("Field of condition"),
        "condition_sign": _("Comparison of condition"),
        "condition_value": _("Value of condition"),
        "and": pgettext("condition", "and"),
        "or": pgettext("condition", "or"),
        "signs": _signs(),
        "seconds": _("{seconds} s"),
        "minutes": _("{minutes} min"),
        "minutes_and_seconds": _("{minutes} min {seconds} s"),
        "of_budget": _("of {budget}"),
        "clock_step": _("Time of the step “{step}”, which has most to do."),
        "clock_green": _("Within the budget: most people finish in one go."),
        "clock_yellow": _("Close to the budget. One more field may be one too many."),
        "clock_red": _("Over the budget. Fold fields away or take them out; otherwise publishing asks for a reason."),
    }


def _signs() -> dict[str, str]:
    return {
        "=": pgettext("sign", "is"),
        "!=": pgettext("sign", "is not"),
        "<": pgettext("sign", "is below"),
        "<=": pgettext("sign", "is at most"),
        ">": pgettext("sign", "is above"),
        ">=": pgettext("sign", "is at least"),
        "contains": pgettext("sign", "contains"),
        "lacks": pgettext("sign", "does not contain"),
        "empty": pgettext("sign", "is empty"),
        "filled": pgettext("sign", "is filled in"),
    }
