"""How long a file of many people takes, beside the bare writing of the same rows.

    python -m tests.bench.people_import [--people 100000]

Three shapes: wide (everybody in teams of 8), deep (lines of 30 levels) and the same file once more. A fresh database
each, SQLite unless ACCORD_DATABASE_URL names a PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

Shape = Callable[[int], int]
"""The number of the manager of person n; 0 has none."""


def wide(n: int) -> int:
    """Teams of 8."""
    return (n - 1) // 8


def deep(n: int) -> int:
    """Lines of 30 levels that hang side by side under one top."""
    return 0 if (n - 1) % 30 == 0 else n - 1


def main() -> None:
    """Run every shape in a process of its own, so that the peak of memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--shape", choices=("wide", "deep"))
    chosen = parser.parse_args()
    if chosen.shape:
        measure({"wide": wide, "deep": deep}[chosen.shape], chosen.people)
        return
    for shape in ("wide", "deep"):
        print(f"{shape}, {chosen.people:,} people")
        command = [sys.executable, "-m", "tests.bench.people_import", "--people", str(chosen.people), "--shape", shape]
        status = os.spawnv(os.P_WAIT, sys.executable, command)  # noqa: S606
        if status:
            sys.exit(status)


def measure(shape: Shape, people: int) -> None:
    """Import once into an empty database and once more; print seconds, people a second, peak memory and the ratio."""
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as home:
        os.environ["ACCORD_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "accord.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        path = write_file(Path(home), shape, people)
        new, busy = run_import(path)
        again, _ = run_import(path)
        rows = row_counts()
        limit = raw_limit(Path(home), rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  new     {new:6.1f} s  {people / new:9,.0f} people/s, {busy:.1f} s of the processor")
    print(f"  again   {again:6.1f} s  {people / again:9,.0f} people/s")
    print(
        f"  bare    {limit:6.1f} s  the same {sum(rows.values()):,} rows by sorted executemany; ratio {limit / new:.2f}"
    )
    print(f"  memory  {peak:6.0f} MB at the peak")


def write_file(home: Path, shape: Shape, people: int) -> Path:
    """A CSV file of `people` rows as an HR system writes it."""
    path = home / "people.csv"
    lines = ["工号,姓名,邮箱,部门,岗位,直属上级工号,入职日期,状态"]
    for n in range(people):
        manager = f"E{shape(n):06d}" if n else ""
        unit = f"公司/部门{n % 40}/组{n % 2000}"
        day = f"20{10 + n % 15}-{1 + n % 12:02d}-01"
        lines.append(f"E{n:06d},员工{n},e{n}@example.com,{unit},岗位{n % 60},{manager},{day},在职")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run_import(path: Path) -> tuple[float, float]:
    """Seconds for one import by the clock, and of the processor alone."""
    from accord.foundation.imports import ImportOptions
    from accord.people.services.people_import import import_people

    start, busy = time.perf_counter(), time.process_time()
    result = import_people(path, ImportOptions())
    seconds = time.perf_counter() - start, time.process_time() - busy
    print(f"  {result.created:,} created, {result.changed:,} changed, {result.same:,} same, {result.refused:,} refused")
    return seconds


def row_counts() -> dict[str, int]:
    """The rows that the import left, by table."""
    from django.db import connection

    tables = ("users", "employees", "placements", "reporting_lines", "org_closure", "events")
    with connection.cursor() as cursor:
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
    return counts


def raw_limit(home: Path, rows: dict[str, int]) -> float:
    """Seconds to write as many rows of three whole numbers with a key, sorted, in one transaction."""
    database = sqlite3.connect(home / "bare.sqlite3")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=NORMAL")
    start = time.perf_counter()
    for table, count in rows.items():
        database.execute(f"CREATE TABLE {table} (a integer, b integer, c integer, PRIMARY KEY (a, b))")
        database.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", ((n // 8, n, n) for n in range(count)))
    database.commit()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
