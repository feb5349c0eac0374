"""Recording facts."""

from collections.abc import Sequence
from typing import Any

from accord.foundation.models import Event, User


def record(name: str, *, subject: str = "", actor: User | None = None, **payload: Any) -> Event:
    """Write the fact `name` in the caller's transaction and owe its reactions, which run after commit.

    `payload` holds ids and plain values only; each reaction gets exactly these keywords and must be idempotent.
    """
    return record_many(name, [(subject, payload)], actor=actor)[0]


def record_many(name: str, facts: Sequence[tuple[str, dict[str, Any]]], *, actor: User | None = None) -> list[Event]:
    """Write many facts of one name, each a subject and its payload, with two statements."""
    raise RuntimeError("written by the slice `platform`")
