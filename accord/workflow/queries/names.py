"""Names of the people and units that answers point at, read in two statements however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from accord.people.models import Employee, OrgUnit
from accord.people.queries.lookups import as_written
from accord.workflow.queries.schema import Settings


@dataclass(frozen=True)
class Names:
    """How people and units are written, by key."""

    people: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)


def names_in(fields: Iterable[Settings], *answers: Mapping[str, Any]) -> Names:
    """The names of everybody and every unit that some sets of answers to `fields` point at."""
    wanted: dict[str, set[int]] = {"person": set(), "org_unit": set()}
    for settings in fields:
        for given in answers:
            for kind, key in _pointers(settings, given.get(settings["key"])):
                wanted[kind].add(key)
    people = Employee.objects.filter(pk__in=wanted["person"]) if wanted["person"] else ()
    units = OrgUnit.objects.filter(pk__in=wanted["org_unit"]) if wanted["org_unit"] else ()
    return Names({one.pk: as_written(one) for one in people}, {one.pk: one.path for one in units})


def unit_paths(most: int = 300) -> tuple[str, ...]:
    """Units in use, as a field suggests them."""
    return tuple(OrgUnit.objects.filter(is_active=True).order_by("path").values_list("path", flat=True)[:most])


def _pointers(settings: Settings, answer: Any) -> Iterator[tuple[str, int]]:
    kind = settings["kind"]
    if kind in ("person", "org_unit") and isinstance(answer, int):
        yield kind, answer
    if kind == "table" and isinstance(answer, list):
        for column in settings["columns"]:
            for row in answer:
                yield from _pointers(column, row.get(column["key"]) if isinstance(row, dict) else None)
