"""What a database hands out, as a row may hold it; and the marks by which a stream is read on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from math import isfinite
from typing import Any
from uuid import UUID

from accord.metrics.connectors.contract import Cursor
from accord.metrics.connectors.instants import understood


def plain(value: Any, zone: tzinfo) -> Any:
    """Text, number, truth value or None. Times without a zone are meant in `zone`; exact numbers stay exact as text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, list | tuple):
        return [plain(each, zone) for each in value]
    if isinstance(value, dict):
        return {str(name): plain(each, zone) for name, each in value.items()}
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).isoformat()
    return _simple(value)


def _simple(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else None
    return str(value) if isinstance(value, UUID) else None


def mark(value: Any) -> Cursor:
    """The cursor at a row: what its column held, and of which kind that is."""
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, int | Decimal | float):
        return {"number": str(value)}
    return {"text": str(value)}


def start_of(cursor: Cursor, overlap: timedelta) -> Any:
    """From where on to read for a cursor that `mark` made: earlier by the overlap where it is a time."""
    if "time" in cursor:
        return datetime.fromisoformat(cursor["time"]) - overlap
    if "date" in cursor:
        return date.fromisoformat(cursor["date"]) - overlap
    if "number" in cursor:
        return _number(cursor["number"])
    text = str(cursor["text"])
    moment = understood(text, UTC) if text[:4].isdecimal() and "-" in text else None
    return _as_written(moment - overlap, text) if moment else text


def stamp_of(value: Any, zone: tzinfo) -> str | None:
    """The moment of a change for a reader; a counter is none."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).isoformat()
    moment = understood(value, zone) if isinstance(value, str) else None
    return moment.isoformat() if moment else None


def _number(text: str) -> int | Decimal:
    return int(text) if text.lstrip("-").isdecimal() else Decimal(text)


def _as_written(moment: datetime, pattern: str) -> str:
    """`moment` in the form of another one that is compared as text."""
    if len(pattern) <= 10:
        return moment.date().isoformat()
    parts = {16: "minutes", 19: "seconds"}
    bare = pattern.partition("+")[0].rstrip("Z")
    text = moment.replace(tzinfo=None).isoformat(sep=pattern[10], timespec=parts.get(len(bare), "microseconds"))
    return text + pattern[len(bare) :]
