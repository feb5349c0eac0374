"""What stands in a field of a row, as text, as a number, as an instant.

A row is landed as texts, so that two readings of it can be compared and no decimal passes through binary floating
point: whatever a source answers becomes a text first, and is read again here.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

LONGEST = 4_000
_NUMBER = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d{1,3})?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STAMP = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(.+))?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?")
_MICROSECOND = timedelta(microseconds=1)


def plain_text(value: object) -> str | None:
    """`value` as it is landed: None for nothing and for an empty text, and otherwise a text."""
    if isinstance(value, str):
        # PostgreSQL keeps no text with a zero in it.
        return _encodable(value.replace("\0", "").strip()[:LONGEST]) or None
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) < LONGEST else str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | dict):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str) if value else ""
        return _encodable(text[:LONGEST]) or None
    return str(value)


def _encodable(text: str) -> str:
    """`text` with a question mark for each half of a character, which JSON can name and nothing can keep."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def as_number(text: str) -> Decimal | None:
    """The number that `text` is; None if it is none. Commas may stand between thousands."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", "").replace("−", "-"))
    except InvalidOperation:
        return None


@lru_cache(maxsize=1 << 16)
def as_instant(text: str, zone: ZoneInfo) -> datetime | None:
    """The instant that `text` names, on the clock of `zone`; None if it names none.

    ISO 8601 in its usual spellings, days such as 2026/10/5 or 2026年10月5日 with or without a time, seconds or
    milliseconds since 1970, and the dates of mail. What has no zone of its own is on the clock of `zone`.
    """
    text = text.strip()
    try:
        found = _since_epoch(text) if _STAMP.fullmatch(text) else _written(text)
        if found is None:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(zone)
    except (ValueError, OverflowError, TypeError):
        return None


def is_day(text: str) -> bool:
    """Whether `text` names a day without a time."""
    match = _DAY.fullmatch(text.strip())
    return match is not None and match[4] is None


def microseconds(start: datetime, end: datetime) -> int:
    """How long it is from `start` to `end`, whatever clocks they are on."""
    return (end.astimezone(UTC) - start.astimezone(UTC)) // _MICROSECOND


def whole_seconds(moment: datetime) -> int:
    """Whole seconds since 1970."""
    passed = moment - _EPOCH
    return passed.days * 86_400 + passed.seconds


def _since_epoch(text: str) -> datetime:
    number = Decimal(text)
    return _EPOCH + timedelta(microseconds=int(number * (1_000_000 if len(text.partition(".")[0]) == 10 else 1_000)))


def _written(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    if not (match := _DAY.fullmatch(text)):
        return parsedate_to_datetime(text)
    year, month, day = (int(part) for part in match.groups()[:3])
    if match[4] is None:
        return datetime(year, month, day)  # noqa: DTZ001 (the caller adds the zone)
    clock = _CLOCK.fullmatch(match[4].strip())
    if clock is None:
        return None
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    return datetime(year, month, day, hour, minute, second, int((clock[4] or "0")[:6].ljust(6, "0")))  # noqa: DTZ001
