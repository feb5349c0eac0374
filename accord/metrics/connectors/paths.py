"""Paths into JSON: JMESPath, with a short way for plain names, which are nearly all there are."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from accord.metrics.connectors.searches import Read, as_function

# Deeper ones would go beyond what Python calls within itself.
_LONGEST = 500
# Wider than JMESPath, whose plain names know no Chinese.
_PLAIN = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def plain_names(path: str) -> list[str] | None:
    """The names of a path such as `Owner.id`; None where it does more than follow names."""
    return path.split(".") if _PLAIN.fullmatch(path) else None


def quoted(name: str) -> str:
    """The path to the member `name`, whatever signs it has."""
    return name if _PLAIN.fullmatch(name) and "." not in name else json.dumps(name, ensure_ascii=False)


@lru_cache(maxsize=2000)
def compile_path(path: str) -> Read:
    """How to read `path` from a decoded answer; what is not there is None. "" is everything. Raises ValueError."""
    if path in ("", "@"):
        return lambda value: value
    names = plain_names(path)
    if names is None:
        return _searched(path)
    if len(names) == 1:
        return _member(names[0])
    return _walked(tuple(names))


def _member(name: str) -> Read:
    return lambda value: value.get(name) if isinstance(value, dict) else None


def _walked(names: tuple[str, ...]) -> Read:
    def read(value: Any) -> Any:
        for name in names:
            if not isinstance(value, dict):
                return None
            value = value.get(name)
        return value

    return read


def _searched(path: str) -> Read:
    if len(path) > _LONGEST:
        raise ValueError(path)
    try:
        compiled = jmespath.compile(path)
    except (JMESPathError, RecursionError):
        raise ValueError(path) from None
    function = as_function(compiled.parsed)
    if function:
        return function

    def read(value: Any) -> Any:
        try:
            return compiled.search(value)
        except (JMESPathError, TypeError):
            # A function, or a comparison, that was given something of another type: it can read nothing there.
            return None

    return read
