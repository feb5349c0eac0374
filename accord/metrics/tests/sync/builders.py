"""A source that can be told what it answers, and connections that read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accord.foundation.errors import BusinessError
from accord.metrics.connectors.contract import Cursor, Page, Probed, Row
from accord.metrics.models import Connection, MappedRow, MetricMapping, Source, SourceRow
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.metrics.services.sync import running
from accord.metrics.tests.builders import stored
from accord.people.models import Employee

RESOLVED = {
    "v": 1,
    "who": {"field": "owner", "by": "email"},
    "when": {"field": "created", "zone": "Asia/Shanghai"},
    "aggregate": "ratio",
    "meets": [{"field": "status", "is": "equals", "value": "resolved"}],
}
SPENT = {
    "v": 1,
    "who": {"field": "owner", "by": "email"},
    "when": {"field": "created", "zone": "Asia/Shanghai"},
    "aggregate": "sum",
    "value": {"field": "amount"},
}
FIRST_ANSWER = {
    "v": 1,
    "who": {"field": "owner", "by": "email"},
    "when": {"field": "created", "zone": "Asia/Shanghai"},
    "with": [
        {"stream": "answers", "on": ["_key", "ticket"], "take": "first", "field": "at", "as": "answered"},
    ],
    "aggregate": "median",
    "value": {"from": "created", "to": "answered", "in": "minutes"},
}


@dataclass
class FakeSource:
    """A source in memory. Its cursor is the number of the last change; `pages` is how many rows a page has."""

    streams: dict[str, dict[str, tuple[int, Row]]] = field(default_factory=dict)
    changes: int = 0
    rows_a_page: int = 3
    fails: BusinessError | None = None
    reads: list[tuple[str, Cursor]] = field(default_factory=list)
    between_pages: Callable[[], None] = lambda: None

    def put(self, stream: str, key: object, **fields: Any) -> None:
        """Add a row or change it."""
        self.changes += 1
        there = self.streams.setdefault(stream, {})
        link = f"https://tickets.example.com/{key}"
        there[str(key)] = self.changes, {"_key": key, "_link": link, "_stamp": None, **fields}

    def drop(self, stream: str, key: object) -> None:
        """Take a row away; whoever only asks for changes never learns of it."""
        del self.streams[stream][str(key)]

    def probe(self) -> Probed:
        return Probed("reader")

    def sample(self, stream: str, most: int = 20) -> list[Row]:
        return [row for _, row in self.streams[stream].values()][:most]

    def read(self, stream: str, cursor: Cursor) -> Iterator[Page]:
        self.reads.append((stream, cursor))
        since = cursor.get("change", 0)
        rows = [row for change, row in self.streams.get(stream, {}).values() if change > since]
        for start in range(0, max(len(rows), 1), self.rows_a_page):
            self.between_pages()
            if self.fails:
                raise self.fails
            yield Page(rows[start : start + self.rows_a_page], {"change": self.changes}, len(rows))

    def close(self) -> None:
        return None


def plug_in(monkeypatch: Any, source: FakeSource) -> FakeSource:
    """Let every connection be read from `source`."""
    monkeypatch.setattr(running, "open_connector", lambda _connection: source)
    return source


def connection(owner: Employee | None = None, name: str = "工单系统", **values: Any) -> Connection:
    """A connection that runs."""
    source, _ = Source.objects.get_or_create(name=name)
    values = {"state": Connection.State.ACTIVE, "kind": "rest", "settings": {"v": 1, "zone": "UTC"}, **values}
    return Connection.objects.create(source=source, owner=owner, **values)


def mapping(of: Connection, rule: dict[str, Any], metric: str, stream: str = "tickets", **values: Any) -> MetricMapping:
    """A mapping to a metric of this name, which is made if there is none."""
    (made,) = ensure_metrics([MetricDefinition(metric, **values)]).values()
    return MetricMapping.objects.create(connection=of, stream=stream, metric=made, rule=rule)


def value_of(person: str, metric: str, period: str) -> Decimal | None:
    """The stored value, or None."""
    return stored().get((person, metric, period))


def landed() -> dict[str, dict[str, Any]]:
    """All rows by stream and key."""
    return {f"{row.stream}/{row.key}": row.fields for row in SourceRow.objects.order_by("stream", "key")}


def given() -> Sequence[tuple[Any, ...]]:
    """What all rows count for, without the keys of the database that differ from run to run."""
    rows = MappedRow.objects.order_by("mapping_id", "row__key")
    return list(rows.values_list("mapping__metric__name", "row__key", "subject", "period", "at", "value", "weight"))
