"""From where on to read: the newest change seen, less an overlap, as the source reads times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accord.metrics.connectors.contract import Cursor
from accord.metrics.connectors.instants import understood, written
from accord.metrics.connectors.rest.settings import Since, Stream
from accord.metrics.connectors.templates import filled

# Wide enough for any two time zones: the furthest are 26 hours apart.
_ANY_ZONE = timedelta(hours=27)


@dataclass(frozen=True)
class Window:
    """What a run asks for. `start` is the newest change that the runs before saw; None: everything."""

    start: datetime | None
    zone: str
    # The zone in which the account reads dates is not known.
    is_unsure: bool
    ahead: timedelta | None

    def cursor(self, newest: datetime | None, begun: datetime | None) -> Cursor:
        """Where the next run begins. Never after `begun`, the source's own time when this run began: what changed on a
        page that was read already would be left out, and one row dated in the future would hide all others.
        """
        seen = min(newest, begun) if newest and begun else newest
        stamps = [each for each in (self.start, seen) if each]
        if not stamps:
            return {}
        cursor: Cursor = {"stamp": max(stamps).astimezone(UTC).isoformat()}
        if self.ahead is not None:
            cursor["ahead"] = round(self.ahead.total_seconds())
        return cursor


def window(cursor: Cursor, zone: str, ahead: timedelta | None, *, is_unsure: bool) -> Window:
    """`ahead` is by how much the source's clock is before ours.

    When it was set back since the last run, changes made after that carry times before the newest one seen; the
    window reaches back by as much.
    """
    start = understood(cursor.get("stamp"), UTC)
    if start and ahead is not None and "ahead" in cursor:
        start -= max(timedelta(), timedelta(seconds=cursor["ahead"]) - ahead)
    return Window(start, zone, is_unsure, ahead)


def questions(stream: Stream, window: Window) -> Iterator[tuple[dict[str, Any], dict[str, object]]]:
    """The parameters of each way to ask for what changed, and the values for a body. One way unless `also` is set."""
    since = stream.since
    moment = _from(since, window) if since else None
    if since is None or moment is None:
        yield dict(stream.params), {"since": ""}
        return
    values = _values(moment, since, since.zone or window.zone)
    for each in since.filters:
        narrowed = {each.param: filled(each.template, values)} if each.param else {}
        yield {**stream.params, **narrowed}, values


def _from(since: Since, window: Window) -> datetime | None:
    if window.start is None:
        return understood(since.initial, UTC) if since.initial else None
    overlap = timedelta(minutes=since.overlap_minutes)
    if window.is_unsure and not since.zone:
        overlap = max(overlap, _ANY_ZONE)
    return window.start - overlap


def _values(moment: datetime, since: Since, zone: str) -> dict[str, object]:
    text = written(moment, since.format, zone)
    local = moment.astimezone(ZoneInfo(zone))
    parts = {f"since.{part}": getattr(local, part) for part in ("year", "month", "day", "hour", "minute", "second")}
    return {"since": int(text) if text.isdecimal() else text, **parts}
