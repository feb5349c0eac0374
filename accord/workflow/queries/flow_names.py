"""What the conditions of a flow may ask for: the fields of its form, and who it is about and who started it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accord.workflow.models import Flow, FormVersion
from accord.workflow.queries.flow_outline import text_in_language

KINDS: Mapping[str, str] = {
    "text": "text",
    "long_text": "text",
    "number": "number",
    "rating": "number",
    "metric": "number",
    "calculated": "number",
    "choice": "choice",
    "multi_choice": "list",
    "date": "date",
}
"""The kinds of field that a row of the condition builder compares, and how. A free expression can name the others."""


@dataclass(frozen=True)
class NameInConditions:
    """A name with the words for it. `given` are known once a flow starts; the others are answers or values."""

    name: str
    label: str
    group: str
    kind: str
    given: bool = False
    options: tuple[tuple[str, str], ...] = ()


def form_of(flow: Flow) -> dict[str, Any]:
    """The body of the form's published version, of its newest where none is published; empty without a form."""
    if flow.form_id is None:
        return {}
    versions = FormVersion.objects.filter(form=flow.form_id)
    newest = versions.filter(state=FormVersion.State.PUBLISHED).first() or versions.order_by("-number").first()
    return newest.body if newest and isinstance(newest.body, dict) else {}


def steps_of(form: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The turns people have at the form: key and label."""
    return [(step["key"], text_in_language(step.get("label")) or step["key"]) for step in _keyed(form.get("steps"))]


def field_keys(form: Mapping[str, Any]) -> list[str]:
    """The keys of the form's fields."""
    return [field["key"] for field in _keyed(form.get("fields"))]


def names_in_conditions(form: Mapping[str, Any]) -> list[NameInConditions]:
    """Every name a condition may use, in the order people look for them."""
    return [*_fields(form), *_people()]


def labels_of(names: list[NameInConditions]) -> dict[str, str]:
    """The words for names, and for options as `<name>=<value>`, by which a condition is read out."""
    options = {f"{name.name}={value}": label for name in names for value, label in name.options}
    return {name.name: name.label for name in names} | options


def _fields(form: Mapping[str, Any]) -> Iterator[NameInConditions]:
    for field in _keyed(form.get("fields")):
        kind = KINDS.get(str(field.get("kind")))
        if kind:
            label = text_in_language(field.get("label")) or field["key"]
            yield NameInConditions(field["key"], label, _("Fields of the form"), kind, options=_options(field))


def _options(field: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    options = field.get("options")
    sound = [each for each in options if isinstance(each, dict)] if isinstance(options, list) else []
    found = ((each.get("value"), text_in_language(each.get("label"))) for each in sound)
    return tuple((value, label or value) for value, label in found if isinstance(value, str))


def _people() -> Iterator[NameInConditions]:
    words = {
        "person": (_("The person it is about"), _("The person's %(what)s")),
        "starter": (_("Whoever starts it"), _("The starter's %(what)s")),
    }
    about = {"position": _("position"), "org_unit": _("unit"), "employee_no": _("employee number")}
    for who, (group, pattern) in words.items():
        for what, word in about.items():
            yield NameInConditions(f"{who}.{what}", pattern % {"what": word}, group, "text", given=True)


def _keyed(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a list that have a key, whatever else stands in it."""
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict) and isinstance(each.get("key"), str):
            yield each
