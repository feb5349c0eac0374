"""Moments as sources write them, and as they want to read them."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

NAMED_FORMATS = ("iso", "z", "epoch", "epoch_ms")
# A number of seconds beyond this would lie in the year 5138: it counts milliseconds.
_MILLISECONDS = 10**11


def is_format(text: str) -> bool:
    return text in NAMED_FORMATS or "%" in text


def written(moment: datetime, form: str, zone: str) -> str:
    """`moment` on the clock of `zone`, as the source reads it. Parts smaller than the form shows are cut off."""
    if form == "epoch":
        return str(int(moment.timestamp()))
    if form == "epoch_ms":
        return str(int(moment.timestamp() * 1000))
    if form == "z":
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    local = moment.astimezone(ZoneInfo(zone))
    return local.isoformat(timespec="seconds") if form == "iso" else local.strftime(form)


def understood(value: object, zone: tzinfo, form: str = "") -> datetime | None:
    """The moment that `value` is; without a zone of its own it is meant in `zone`. None where it is no moment."""
    if isinstance(value, str):
        return _from_text(value, zone, form)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    return None


def _from_text(text: str, zone: tzinfo, form: str) -> datetime | None:
    try:
        moment = datetime.strptime(text, form) if "%" in form else datetime.fromisoformat(text)  # noqa: DTZ007
    except ValueError:
        return _otherwise(text, zone)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _otherwise(text: str, zone: tzinfo) -> datetime | None:
    """Numbers in quotes, 2026/11/05 10:00, and the dates of mails and HTTP."""
    if text.replace(".", "", 1).isdecimal():
        return _from_number(float(text))
    try:
        moment = datetime.fromisoformat(text.strip().replace("/", "-").replace(" UTC", "Z"))
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _from_number(value: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
