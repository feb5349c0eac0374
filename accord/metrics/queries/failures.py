"""Why a source could not be read, from what was kept of the error, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from accord.foundation.errors import BusinessError, OurFault


@dataclass(frozen=True)
class Told:
    """A kept error: what happened, and what to do about it."""

    code: str
    sentence: str
    hint: str


def told(failure: Mapping[str, Any] | None) -> Told | None:
    """The error that was kept as code and values; None where there is none."""
    if not failure:
        return None
    error = _errors().get(str(failure.get("code")), OurFault)
    values = failure.get("values") or {}
    try:
        return Told(error.code, str(error.sentence) % values, str(error.hint) % values)
    except (KeyError, TypeError, ValueError):
        return Told(error.code, str(OurFault.sentence), str(OurFault.hint))


@cache
def _errors() -> Mapping[str, type[BusinessError]]:
    found: dict[str, type[BusinessError]] = {}
    waiting = [BusinessError]
    while waiting:
        error = waiting.pop()
        found[error.code] = error
        waiting += error.__subclasses__()
    return found
