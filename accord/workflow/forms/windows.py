"""What a window sends of a draft: only what changed in it, each with the value it started from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from accord.workflow.services.merging import Change

_MOST_TRIED = 5

Understand = Callable[[Any], Any]
"""Reads what a field shows back into its answer."""


def changes_sent(message: Mapping[str, Any], field: Callable[[str], Understand | None]) -> dict[str, Change]:
    """The changes that the script of a window sends. `field` knows how a field is read; None for one there is not."""
    sent, changes = message.get("changes"), {}
    for key, change in (sent if isinstance(sent, dict) else {}).items():
        understood = field(key)
        if understood is None or not isinstance(change, dict):
            continue
        tried = change.get("tried")
        tried = [understood(each) for each in (tried if isinstance(tried, list) else [])[:_MOST_TRIED]]
        changes[key] = Change(understood(change.get("before")), understood(change.get("after")), tuple(tried))
    return changes


def window_name(sent: Any) -> str:
    """The name a window gave itself; of two without one, each is taken for the other."""
    return "".join(each for each in str(sent or "")[:16] if each.isascii() and each.isalnum()) or "window"


def values_shown(text: str) -> dict[str, Any]:
    """What the fields of a form without a script showed when it was opened, from the JSON that came along."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
