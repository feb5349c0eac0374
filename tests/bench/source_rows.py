"""From rows of a source to measurements: 100,000 tickets of 200 people, read from memory.

    python -m tests.bench.source_rows [--rows 100000] [--database sqlite] [--database postgresql]

Prints one JSON object a database, with seconds by the clock and of processor time: `raw` writes the same rows, ready as
they are, into a table with the same key and does nothing else; `first` lands them, matches the people, counts each by
three rules (a sum, a share, and a median of working hours) and brings the values of 52 weeks in; `replay` reads all of
them again unchanged; `hundredth` reads the thousand that changed; `recount` counts all by a changed rule, without
reading.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.ingest import database_in, spent_on

PEOPLE, PAGE = 200, 500
MODULE = "tests.bench.source_rows"
_WHOSE = {"v": 1, "who": {"field": "owner", "by": "email"}, "when": {"field": "created"}}
RULES: dict[str, dict[str, Any]] = {
    "amount": {**_WHOSE, "aggregate": "sum", "value": {"field": "amount"}},
    "resolved": {**_WHOSE, "aggregate": "ratio", "meets": [{"field": "status", "is": "equals", "value": "resolved"}]},
    "hours": {
        **_WHOSE,
        "aggregate": "median",
        "value": {"from": "created", "to": "answered", "in": "hours", "working": True},
    },
}


class MemorySource:
    """Rows that come from nowhere, so that only our own work is measured."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def probe(self) -> None:
        return None

    def close(self) -> None:
        return None

    def read(self, _stream: str, _cursor: Any) -> Iterator[Any]:
        from accord.metrics.connectors.contract import Page

        for start in range(0, len(self.rows), PAGE):
            yield Page(self.rows[start : start + PAGE], {"until": "now"}, len(self.rows))


def rows_of(many: int) -> list[dict[str, Any]]:
    """Tickets over the weeks of 2025."""
    return [
        {
            "_key": str(n),
            "_link": f"https://tickets.example.com/{n}",
            "owner": f"p{n % PEOPLE}@example.com",
            "created": f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:00:00Z",
            "answered": f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:{n % 60:02}:00Z",
            "amount": f"{n * 7919 % 100_003}.{n % 100:02}",
            "status": "resolved" if n % 3 else "open",
        }
        for n in range(many)
    ]


def build() -> Any:
    """An empty database with the people, the metrics and the mappings; returns the connection."""
    from django.core.management import call_command

    from accord.metrics.models import Connection, Metric, MetricMapping, Source
    from accord.people.models import Employee, OrgUnit, Position

    call_command("migrate", verbosity=0)
    unit, position = OrgUnit.objects.create(name="bench", path="bench"), Position.objects.create(name="bench")
    Employee.objects.bulk_create(
        Employee(employee_no=f"E{n}", name=f"E{n}", email=f"p{n}@example.com", org_unit=unit, position=position)
        for n in range(PEOPLE)
    )
    made = Connection.objects.create(source=Source.objects.create(name="bench"), kind="rest", state="active")
    for name, rule in RULES.items():
        metric = Metric.objects.create(name=name, unit="%" if name == "resolved" else "")
        MetricMapping.objects.create(connection=made, stream="tickets", metric=metric, rule=rule)
    return made


def seconds(work: Callable[[], Any]) -> list[float]:
    """How long `work` takes by the clock, and in processor time of both ends."""
    return [round(each, 2) for each in spent_on(work)]


def raw_write(rows: list[dict[str, Any]]) -> list[float]:
    """The write of the rows alone."""
    from django.db import connection, transaction

    from accord.foundation.inserting import fill_table

    ready = [(1, "tickets", row["_key"], json.dumps(row), row["_link"]) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE raw_rows (connection bigint, stream varchar(60), key varchar(200), fields text,"
            " link varchar(500), PRIMARY KEY (connection, stream, key))"
        )

    def write() -> None:
        with transaction.atomic():
            fill_table("raw_rows", ("connection", "stream", "key", "fields", "link"), ready)

    return seconds(write)


def measure(many: int) -> dict[str, Any]:
    """The figures of one database that was just built."""
    from accord.metrics.models import Connection, Measurement, MetricMapping
    from accord.metrics.services.sync import remap, running, sync

    made, source = build(), MemorySource(rows_of(many))
    running.open_connector = lambda _connection: source  # type: ignore[assignment,attr-defined,return-value]

    def read(full: bool = False) -> Any:
        run = sync(Connection.objects.get(pk=made.pk), full=full)
        assert run.state == "done", run.failure
        return run

    figures = {"rows": many, "raw": raw_write(source.rows), "first": seconds(read)}
    figures["values"] = Measurement.objects.count()
    figures["replay"] = seconds(lambda: read(full=True))
    source.rows = [{**row, "amount": "1"} for row in source.rows[::100]]
    figures["hundredth"] = seconds(read)
    mapping = MetricMapping.objects.get(metric__name="amount")
    MetricMapping.objects.filter(pk=mapping.pk).update(version=2, rule={**RULES["amount"], "aggregate": "mean"})
    mapping.refresh_from_db()
    figures["recount"] = seconds(lambda: remap(mapping))
    return figures


def run_one(database: str, rows: int) -> None:
    """Build and measure one database in a temporary home."""
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as folder, database_in(Path(folder), database):
        import django

        django.setup()
        from django.db import connections

        print(json.dumps({"database": database, **measure(rows)}))
        connections.close_all()


def main() -> None:
    """Run every database in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    databases = options.database or ["sqlite", "postgresql"]
    if len(databases) == 1:
        run_one(databases[0], options.rows)
        return
    for database in databases:
        subprocess.run([sys.executable, "-m", MODULE, "--database", database, "--rows", str(options.rows)], check=True)


if __name__ == "__main__":
    main()
