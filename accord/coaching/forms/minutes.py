"""What a window sends of a draft of minutes: only what changed in it, each with the value it started from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import QueryDict

from accord.coaching.queries.minutes import COLUMNS, KEYS
from accord.domain.form_schema.written import clean
from accord.foundation.requests import whole_number
from accord.workflow.forms.windows import changes_sent, values_shown, window_name
from accord.workflow.services.merging import Change, same

_MOST_ROWS = 50


@dataclass(frozen=True)
class Sent:
    """The changes of one window, and the save it started from."""

    changes: dict[str, Change]
    revision: int
    window: str


def posted(post: QueryDict) -> Sent:
    """What a form sends without a script: whole fields, of which those that differ from what was shown have changed."""
    shown = values_shown(post.get("shown", ""))
    changes = {}
    for key in KEYS:
        before, after = understood(key, shown.get(key)), understood(key, _whole_field(key, post))
        if not same(before, after):
            changes[key] = Change(before, after)
    return Sent(changes, _number(post.get("revision")), window_name(post.get("window")))


def sent_by_script(message: Mapping[str, Any]) -> Sent:
    """What the script of a window sends."""
    changes = changes_sent(message, lambda key: partial(understood, key) if key in KEYS else None)
    return Sent(changes, _number(message.get("revision")), window_name(message.get("window")))


def understood(key: str, shown: Any) -> Any:
    """The answer that a field shows: a text, or rows of who, what and due; None for an empty one."""
    if key != "commitments":
        return _text(shown)
    rows = [row for row in shown if isinstance(row, dict)][:_MOST_ROWS] if isinstance(shown, list) else []
    kept = [{column: text for column in COLUMNS if (text := _text(row.get(column)))} for row in rows]
    return [row for row in kept if row] or None


def _whole_field(key: str, post: QueryDict) -> Any:
    if key != "commitments":
        return post.get(key, "")
    count = min(_number(post.get(f"{key}-rows")), _MOST_ROWS)
    dropped = post.get("do", "").removeprefix("drop:")
    return [
        {column: post.get(f"{key}-{row}-{column}", "") for column in COLUMNS}
        for row in range(count)
        if str(row) != dropped
    ]


def _text(shown: Any) -> str | None:
    return clean(shown).strip() or None if isinstance(shown, str) else None


def _number(value: Any) -> int:
    return whole_number(str(value)) or 0
