"""Today and the team board of a manager of ten in a company of 20,000, beside an empty view.

    python -m tests.bench.pages [--people 20000]

Fills an empty SQLite database through the product's own imports (thirteen weeks of two KPIs each), then asks for pages
in-process and prints one JSON line: statements, and processor milliseconds beyond a view that returns an empty answer
behind the same middleware.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

SPAN, METRICS, WEEKS = 10, ("签约额", "回款额"), 13
ROUNDS = 40


def main() -> int:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as home:
        os.environ |= {"ACCORD_HOME": home, "DJANGO_SETTINGS_MODULE": "accord.config.settings"}
        import django

        django.setup()
        fill(Path(home), people)
        print(json.dumps({"people": people, **measure()}, ensure_ascii=False))
    return 0


def fill(folder: Path, people: int) -> None:
    """A company in which everybody has ten reports, with KPIs and values of thirteen weeks, judged."""
    from django.core.management import call_command

    from accord.alerts.services.evaluation import evaluate
    from accord.domain.periods import Frequency, Period
    from accord.foundation.imports import ImportOptions
    from accord.goals.services.kpi_import import import_kpis
    from accord.metrics.services.measurement_import import import_measurements
    from accord.people.services.people_import import import_people

    call_command("migrate", verbosity=0)
    newest = Period.of(date.today(), Frequency.WEEK) - 1  # noqa: DTZ011
    weeks = [newest - back for back in range(WEEKS)]
    everybody = range(1, people + 1)
    roster = ((f"E{n}", f"员工{n}", "公司", "员工", f"E{(n - 2) // SPAN + 1}" if n > 1 else "") for n in everybody)
    import_people(written(folder, ("工号", "姓名", "部门", "岗位", "直属上级工号"), roster), ImportOptions())
    kpis = ((f"E{n}", metric, "50%", 100) for n in everybody for metric in METRICS)
    made = ImportOptions(values={"create_metrics": "1"})
    import_kpis(written(folder, ("工号", "指标", "权重", "目标"), kpis), made)
    values = (
        (f"E{n}", metric, week.label, 98 + (n * 7919 + week.key * 31) % 40)
        for week in weeks
        for n in everybody
        for metric in METRICS
    )
    source = ImportOptions(values={"source": "CRM"})
    import_measurements(written(folder, ("工号", "指标", "周期", "数值"), values), source)
    evaluate(weeks)


def written(folder: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """A csv file of `rows`."""
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def measure() -> dict[str, object]:
    """Statements and milliseconds of each page for employee 2, who has ten reports."""
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path

    from accord.config import urls
    from accord.people.models import Employee

    settings.ALLOWED_HOSTS = ["testserver"]
    urls.urlpatterns.append(path("_empty/", lambda request: HttpResponse()))
    manager = Employee.objects.get(employee_no="E2")
    client = Client()
    client.force_login(manager.user)
    empty = milliseconds(client, "/_empty/")
    pages = {"today": "/", "team board": f"/boards/team/{manager.pk}/", "person": f"/people/{manager.pk}/"}
    return {
        name: {"statements": statements(client, page), "ms beyond empty": round(milliseconds(client, page) - empty, 1)}
        for name, page in pages.items()
    } | {"empty ms": round(empty, 1)}


def milliseconds(client: object, page: str) -> float:
    """The median processor time of one request."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        assert client.get(page).status_code == 200  # type: ignore[attr-defined]
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def statements(client: object, page: str) -> int:
    """How many statements one request costs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(page)  # type: ignore[attr-defined]
    return len(captured)


if __name__ == "__main__":
    sys.exit(main())
