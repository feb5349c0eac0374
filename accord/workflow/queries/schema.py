"""The form a version describes: typed for whatever has a rule, as its JSON for whatever is only shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from accord.domain import form_schema
from accord.domain.form_schema.kinds.attachment import Attachments
from accord.domain.form_schema.kinds.table import Table
from accord.foundation.clock import organisation_day
from accord.workflow.models import FormFill, FormVersion

Settings = Mapping[str, Any]

START, PERSON, ONLOOKER = "start", "person", ""
"""The first step; the step of whoever a form is about, if it has one; and no step at all, as whom others read."""

RELATED = ("version__form", "author__position", "author__org_unit", "person__position", "person__org_unit")
"""What every look at a fill needs beside it."""

# A form shows these; nobody writes them. Attachments are handed in one by one (services.attachments).
_SHOWN_ONLY = frozenset({"heading", "metric", "calculated"})
_NOT_TYPED = _SHOWN_ONLY | {"attachment"}


def form_of(version: FormVersion) -> form_schema.Form:
    """The typed form of a version. Raises FormError for a draft that has something to mend."""
    return _read(json.dumps(version.body, ensure_ascii=False))


def fields_of(version: FormVersion) -> Iterator[Settings]:
    """The settings of every field, in order."""
    return iter(version.body.get("fields", []))


def field_of(version: FormVersion, key: str) -> Settings | None:
    """The settings of one field; None where the form has none of that name."""
    return next((settings for settings in fields_of(version) if settings["key"] == key), None)


def steps_of(version: FormVersion) -> list[str]:
    """The keys of the steps, in order."""
    return [step["key"] for step in version.body.get("steps", [])]


def right_of(settings: Settings, step: str) -> str:
    """What a step may do with a field: edit, read or hide. An onlooker does not see what any later step hides."""
    rights = settings.get("rights") or {}
    if step == ONLOOKER:
        return "hide" if "hide" in (right for key, right in rights.items() if key != START) else "read"
    return str(rights.get(step) or ("edit" if step == START else "read"))


def is_optional(settings: Settings) -> bool:
    """Whether a field starts hidden and may be hidden for everybody."""
    return not settings.get("core", True)


def is_frozen(version: FormVersion, settings: Settings) -> bool:
    """Whether HR has hidden this optional field for everybody."""
    return is_optional(settings) and settings["key"] in version.form.frozen


def frozen_in(version: FormVersion) -> frozenset[str]:
    """The fields that HR has hidden for everybody."""
    return frozenset(version.form.frozen)


def editable_keys(version: FormVersion, step: str, *, with_files: bool = False) -> frozenset[str]:
    """The fields that people at a step write in, whether a condition shows them just now or not."""
    left_out = _SHOWN_ONLY if with_files else _NOT_TYPED
    return frozenset(
        settings["key"]
        for settings in fields_of(version)
        if settings["kind"] not in left_out and right_of(settings, step) == "edit" and not is_frozen(version, settings)
    )


def most_files(settings: Settings) -> int:
    """How many files an attachment field takes."""
    return int(settings.get("max_files") or Attachments.max_files)


def most_rows(settings: Settings) -> int:
    """How many rows a table takes."""
    return int(settings.get("max_rows") or Table.max_rows)


def about(fill: FormFill) -> dict[str, Any]:
    """What conditions may ask for beside the answers: the day, whom it is about, and who fills it in."""
    people = {"person": fill.person or fill.author, "starter": fill.author}
    return {"today": organisation_day()} | {
        f"{who}.{what}": value
        for who, one in people.items()
        for what, value in (
            ("employee_no", one.employee_no),
            ("position", one.position.name),
            ("org_unit", one.org_unit.path),
        )
    }


@lru_cache(maxsize=256)
def _read(body: str) -> form_schema.Form:
    # By its words and not by its key: a draft changes, and every save of a form that is filled in reads it.
    return form_schema.read_form(json.loads(body))
