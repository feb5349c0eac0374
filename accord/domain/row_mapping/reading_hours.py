"""Reading the working hours of a rule: {"mon": ["09:00-12:00", "13:00-18:00"], …}."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from accord.domain.row_mapping.problems import Notes
from accord.domain.working_time import OFFICE_HOURS, Stretch, WorkingHours

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOST = 6


def read_hours(raw: object, notes: Notes) -> WorkingHours:
    """The hours that `raw` says; what is wrong with it goes to `notes`. 24:00 is the end of a day."""
    if not isinstance(raw, Mapping):
        notes.add("object_expected")
        return OFFICE_HOURS
    found: dict[int, tuple[Stretch, ...]] = {}
    for name, stretches in raw.items():
        if name not in WEEKDAYS:
            notes.at(str(name)).add("unknown_setting", given=name)
            continue
        found[WEEKDAYS.index(name)] = _stretches(stretches, notes.at(name))
    if not any(found.values()):
        notes.add("hours_empty")
    return WorkingHours(found)


def _stretches(raw: object, notes: Notes) -> tuple[Stretch, ...]:
    if not isinstance(raw, list) or len(raw) > _MOST:
        notes.add("list_expected")
        return ()
    found: list[Stretch] = []
    until = 0
    for text in raw:
        stretch = _stretch(text)
        if stretch is None or _minutes(stretch[0]) < until:
            notes.add("hours_unreadable", given=text)
            return ()
        found.append(stretch)
        until = _minutes(stretch[1]) or 24 * 60
    return tuple(found)


def _stretch(raw: object) -> Stretch | None:
    start, dash, end = raw.partition("-") if isinstance(raw, str) else ("", "", "")
    try:
        first = time.fromisoformat(start.strip())
        last = time(0) if end.strip() == "24:00" else time.fromisoformat(end.strip())
    except ValueError:
        return None
    is_in_order = end.strip() == "24:00" or first < last
    return (first, last) if dash and is_in_order else None


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
