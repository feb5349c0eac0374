"""Answers between browser and store.

A browser knows texts only: that is how an answer is *written*. `written` says how the fields show a stored answer,
`understood` reads it back, and `posted` collects what a form without a script sends. What cannot be understood stays
as it was typed: a draft keeps every word, and submission says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accord.domain.form_schema.written import clean
from accord.foundation.errors import BusinessError
from accord.foundation.requests import whole_number
from accord.people.models import OrgUnit
from accord.people.queries.lookups import employee_named_or_numbered
from accord.workflow.forms.windows import Understand, changes_sent, values_shown, window_name
from accord.workflow.models import FormVersion
from accord.workflow.queries.names import Names
from accord.workflow.queries.schema import Settings, editable_keys, field_of
from accord.workflow.services.merging import Change, same
from accord.workflow.services.turn_time import MOST_AT_ONCE

SBI_PARTS = ("situation", "behaviour", "impact", "suggestion", "resources")
_MOST_ROWS = 200
_LONGEST = 100_000


@dataclass(frozen=True)
class Posted:
    """What one window sends: its changes, the save it started from, its name, and seconds since the last report."""

    changes: dict[str, Change]
    revision: int
    window: str
    seconds: int


def written(settings: Settings, answer: Any, names: Names) -> Any:
    """How a field shows a stored answer: a text, a list of texts, or texts by part, row by row for a table."""
    kind = settings["kind"]
    if kind == "table":
        rows = answer if isinstance(answer, list) else []
        return [
            {column["key"]: written(column, row.get(column["key"]), names) for column in settings["columns"]}
            for row in rows
            if isinstance(row, dict)
        ]
    if kind == "sbi":
        return {part: str(answer.get(part) or "") for part in SBI_PARTS} if isinstance(answer, dict) else {}
    if kind == "multi_choice":
        return [str(each) for each in answer] if isinstance(answer, list) else []
    if answer is None:
        return ""
    if kind in ("person", "org_unit") and isinstance(answer, int):
        return (names.people if kind == "person" else names.units).get(answer, "")
    return str(answer)


def understood(settings: Settings, shown: Any) -> Any:
    """The answer that `shown` means; None for an empty one."""
    kind = settings["kind"]
    if kind == "table":
        return _rows(settings, shown)
    if kind == "sbi":
        parts = shown if isinstance(shown, dict) else {}
        return {part: text for part in SBI_PARTS if (text := _text(parts.get(part)))} or None
    if kind == "multi_choice":
        return [_text(each) for each in shown] or None if isinstance(shown, list) else None
    text = _text(shown)
    if not text:
        return None
    read = {"rating": _rating, "person": _person, "org_unit": _unit}.get(kind)
    return read(text) if read else text


def posted(version: FormVersion, step: str, post: QueryDict) -> Posted:
    """What a form sends without a script: whole fields, of which those that differ from what was shown have changed."""
    shown = values_shown(post.get("shown", ""))
    changes = {}
    for key in editable_keys(version, step):
        settings = field_of(version, key)
        if settings is None or not _was_there(settings, post):
            continue
        before, after = understood(settings, shown.get(key)), understood(settings, _sent(settings, post))
        if not same(before, after):
            changes[key] = Change(before, after)
    return Posted(changes, _whole(post.get("revision")), window_name(post.get("window")), _seconds(post))


def sent_by_script(version: FormVersion, message: Mapping[str, Any]) -> Posted:
    """What the script of a window sends: only the fields that changed, each with the value it started from."""

    def field(key: str) -> Understand | None:
        settings = field_of(version, key)
        return partial(understood, settings) if settings else None

    seconds = min(_whole(message.get("seconds")), MOST_AT_ONCE)
    changes, window = changes_sent(message, field), window_name(message.get("window"))
    return Posted(changes, _whole(message.get("revision")), window, seconds)


def _rows(settings: Settings, shown: Any) -> list[dict[str, Any]] | None:
    rows = [row for row in shown if isinstance(row, dict)][:_MOST_ROWS] if isinstance(shown, list) else []
    read = (
        {column["key"]: understood(column, row.get(column["key"])) for column in settings["columns"]} for row in rows
    )
    kept = [{key: value for key, value in row.items() if value is not None} for row in read]
    return [row for row in kept if row] or None


def _was_there(settings: Settings, post: QueryDict) -> bool:
    """Whether the page had this field at all: a field that is not sent was not emptied."""
    return f"has-{settings['key']}" in post


def _sent(settings: Settings, post: QueryDict) -> Any:
    key, kind = settings["key"], settings["kind"]
    if kind == "multi_choice":
        return post.getlist(key)
    if kind == "sbi":
        return {part: post.get(f"{key}-{part}", "") for part in SBI_PARTS}
    if kind == "table":
        count = min(_whole(post.get(f"{key}-rows")), _MOST_ROWS)
        columns = [column["key"] for column in settings["columns"]]
        return [{column: post.get(f"{key}-{row}-{column}", "") for column in columns} for row in range(count)]
    return post.get(key, "")


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = clean(str(value)[:_LONGEST])
    return text if text.strip() else ""


def _rating(text: str) -> int | str:
    return int(text) if text.strip().removeprefix("-").isdecimal() and len(text) < 10 else text


def _person(text: str) -> int | str:
    try:
        return employee_named_or_numbered(text).pk
    except BusinessError:
        return text.strip()


def _unit(text: str) -> int | str:
    path = text.strip().strip("/")
    found = list(OrgUnit.objects.filter(path=path)[:1]) or list(OrgUnit.objects.filter(name=path)[:2])
    return found[0].pk if len(found) == 1 else path


def _whole(value: Any) -> int:
    return whole_number(str(value)) or 0


def _seconds(post: QueryDict) -> int:
    """What the script counted, or without one, how long the page was open."""
    if counted := _whole(post.get("seconds")):
        return counted
    opened = _moment(post.get("opened", ""))
    passed = (timezone.now() - opened).total_seconds() if isinstance(opened, datetime) and opened.tzinfo else 0
    return max(0, min(round(passed), MOST_AT_ONCE))


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        # It looks like a time, of a day there is not.
        return None
