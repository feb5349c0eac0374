"""Values that a system wraps up with their type, such as {"__class__": "Decimal", "decimal": "12.50"}."""

from __future__ import annotations

from typing import Any

_VALUES = ("value", "decimal", "base64", "iso")
_DAY = ("year", "month", "day")
_TIME = ("hour", "minute", "second")


def untyped(value: Any, tag: str) -> Any:
    """The plain value: dates and times as ISO 8601 without a zone, numbers as they are written. Others stay."""
    if isinstance(value, list):
        return [untyped(each, tag) for each in value]
    if not isinstance(value, dict) or not tag or tag not in value:
        return value
    if all(isinstance(value.get(part), int) for part in _DAY):
        return _day(value) + (_time(value) if "hour" in value else "")
    for name in _VALUES:
        if name in value:
            return value[name]
    return value


def _day(value: dict[str, Any]) -> str:
    return "{:04}-{:02}-{:02}".format(*(value[part] for part in _DAY))


def _time(value: dict[str, Any]) -> str:
    return "T{:02}:{:02}:{:02}".format(*(int(value.get(part) or 0) for part in _TIME))
