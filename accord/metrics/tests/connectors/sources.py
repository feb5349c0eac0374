"""A ticket system with every trap that raises no error, and settings that cure them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accord.metrics.connectors.contract import Cursor, Row
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.rest.connector import RestConnector, open_rest
from accord.metrics.connectors.rest.settings import read_rest
from accord.metrics.connectors.secrets import Secret
from accord.metrics.tests.connectors.hostile import Asked, Clock, Reply, Server, date_header

KEY = "s3cr3t-Key"


@dataclass
class Ticket:
    id: int
    created: datetime
    # None until the first edit.
    changed: datetime | None = None
    is_closed: bool = False
    edits: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "created": _z(self.created),
            "changed": _z(self.changed) if self.changed else None,
            "resolved": "1970-01-01T00:00:00Z",
            "owner": {"name": f"agent{self.id % 3}"},
            "edits": self.edits,
        }


@dataclass
class TicketSystem:
    """Reads dates in the zone of its account and ignores zones behind them; hides closed tickets; never tells that a
    page is capped; answers a wrong key with what everybody may see; and has a clock of its own.
    """

    zone: str = "UTC"
    most: int = 3
    clock: Clock = field(default_factory=Clock)
    ahead: timedelta = timedelta()
    tickets: dict[int, Ticket] = field(default_factory=dict)
    key: str = KEY

    @property
    def now(self) -> datetime:
        return self.clock.now + self.ahead

    def add(self, is_closed: bool = False) -> Ticket:
        ticket = Ticket(len(self.tickets) + 1, self.now, is_closed=is_closed)
        self.tickets[ticket.id] = ticket
        return ticket

    def edit(self, number: int) -> None:
        self.tickets[number].changed = self.now
        self.tickets[number].edits += 1

    def __call__(self, asked: Asked) -> Reply:
        knows = asked.headers.get("X-Key") == self.key
        if asked.path == "/me":
            return self._reply({"login": "reader" if knows else "Anonymous", "zone": self.zone})
        found = [ticket for ticket in self.tickets.values() if knows or ticket.id % 2]
        if asked.query.get("status") != "all":
            found = [ticket for ticket in found if not ticket.is_closed]
        if "since" in asked.query:
            since = self._read(asked.query["since"])
            found = [each for each in found if (each.changed or each.created) >= since]
        if "changed_since" in asked.query:
            since = self._read(asked.query["changed_since"])
            found = [each for each in found if each.changed and each.changed >= since]
        if "created_since" in asked.query:
            since = self._read(asked.query["created_since"])
            found = [each for each in found if each.created >= since]
        page = int(asked.query.get("page", "1"))
        part = found[(page - 1) * self.most : page * self.most]
        return self._reply({"items": [each.as_json() for each in part], "total": len(found)})

    def _read(self, text: str) -> datetime:
        return datetime.strptime(text[:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=ZoneInfo(self.zone))

    def _reply(self, body: Any) -> Reply:
        return Reply(body, headers=date_header(self.now))


def ticket_settings(base: str, **changes: Any) -> dict[str, Any]:
    """What cures the traps of `TicketSystem`."""
    stream = {
        "path": "/tickets",
        "params": {"status": "all"},
        "rows": "items",
        "key": "id",
        "link": "https://tickets.example.com/{key}",
        "total": "total",
        "paging": {"kind": "page", "size_param": "per_page", "size": 100},
        "since": {
            "param": "since",
            "field": "changed",
            "fallback": ["created"],
            "format": "%Y-%m-%d %H:%M:%S",
            "overlap_minutes": 1,
        },
        "fields": {"owner": "owner.name", "edits": "edits", "created": "created", "resolved": "resolved"},
        "unset": ["1970-01-01T00:00:00Z"],
    }
    return {
        "v": 1,
        "base": base,
        "auth": {"kind": "header", "name": "X-Key"},
        "zone": "probe",
        "probe": {"path": "/me", "identity": "login", "zone": "zone"},
        "streams": {"tickets": {**stream, **changes}},
    }


def simple_settings(base: str, **changes: Any) -> dict[str, Any]:
    """A list of rows without any trap."""
    stream = {"path": "/rows", "rows": "rows", "key": "id", "fields": {"name": "name"}, **changes}
    return {"v": 1, "base": base, "streams": {"rows": stream}}


def opened(server: Server, settings: dict[str, Any], clock: Clock | None = None, guard: Guard | None = None) -> Any:
    return open_rest(settings, Secret(KEY), guard or server.guard(), (clock or Clock()).waits())


def impatient(server: Server, settings: dict[str, Any], seconds: float, clock: Clock) -> RestConnector:
    """A connector with a time limit that no page could set."""
    read, _problems = read_rest(settings)
    read = replace(read, limits=replace(read.limits, seconds=seconds))
    return RestConnector(read, Secret(KEY), server.guard(), clock.waits())


def read_all(connector: Any, cursor: Cursor | None = None, stream: str = "") -> tuple[list[Row], Cursor]:
    """Everything that comes, and where the next run begins; the connector is closed."""
    rows: list[Row] = []
    reached: Cursor = cursor or {}
    try:
        for page in connector.read(stream or next(iter(connector._settings.streams)), reached):
            rows += page.rows
            after = page.cursor
        return rows, after
    finally:
        connector.close()


def keys(rows: list[Row]) -> list[str]:
    return [row["_key"] for row in rows]


def _z(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
