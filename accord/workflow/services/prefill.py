"""What a form already knows when somebody opens it: given by the caller, read from a source, or a field's default.

Sources stand in `accord/config/prefill.py`: kind of field → function of the person and the field's settings. The
workflow never knows where a value comes from; it keeps the origin that the source tells beside the value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.module_loading import import_string

from accord.foundation.clock import organisation_day
from accord.foundation.prefill import Prefilled
from accord.foundation.registry import table
from accord.people.access import visible_employees
from accord.people.models import Employee
from accord.workflow.models import FormVersion

Settings = Mapping[str, Any]


Source = Callable[[Employee, Settings, date], Prefilled | None]


def prefilled(
    version: FormVersion, author: Employee, person: Employee, given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first answers of a form about `person`, and the origins of those that have one.

    What a caller gives comes first, then a source, then the default. Sources are asked only about people whose
    numbers the author may see.
    """
    answers: dict[str, Any] = {}
    origins: dict[str, Any] = {}
    may_read = _may_read(author, person)
    for settings in version.body.get("fields", []):
        key = settings["key"]
        found = _given(given, key) or (_read(settings, person) if may_read else None)
        if found is None and settings.get("default") is not None:
            found = Prefilled(settings["default"])
        if found is None:
            continue
        is_metric = settings["kind"] == "metric"
        answers[key] = {"value": found.value, "origin": found.origin} if is_metric else found.value
        if found.origin:
            origins[key] = found.origin
    return answers, origins


def _given(given: Mapping[str, Any], key: str) -> Prefilled | None:
    value = given.get(key)
    return value if value is None or isinstance(value, Prefilled) else Prefilled(value)


def _read(settings: Settings, person: Employee) -> Prefilled | None:
    name = table("ACCORD_PREFILL").get(settings["kind"])
    if name is None:
        return None
    source: Source = import_string(name)
    return source(person, settings, organisation_day())


def _may_read(author: Employee, person: Employee) -> bool:
    return author.user is not None and visible_employees(author.user).filter(pk=person.pk).exists()
