"""Weekly reports for 2,000 owners in a company of 20,000, and what pages take beside the writing.

    python -m tests.bench.weekly_reports [--people 20000]

Fills an empty database through the product's own imports (SQLite, or what ACCORD_DATABASE_URL names), then asks for an
empty view and for Today as fast as they answer: alone, and while another process writes the reports slice by slice.
Prints one JSON line: seconds for all reports, statements and seconds of a slice, and the times of both pages.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.bench.pages import fill

ALONE = 5.0


def main() -> int:
    """Fill, measure alone, measure beside the writing, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--write", action="store_true", help="what the other process does")
    options = parser.parse_args()
    if options.write:
        set_up()
        print(json.dumps(write_everything()))
        return 0
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as home:
        os.environ["ACCORD_HOME"] = home
        set_up()
        fill(Path(home), options.people)
        print(json.dumps({"people": options.people, **measure()}, ensure_ascii=False))
    return 0


def set_up() -> None:
    """Load Django with the product's own settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "accord.config.settings"
    import django

    django.setup()


def moment() -> datetime:
    """The newest Monday at nine, when the reports of the week that ended are due."""
    now = datetime.now(UTC)
    monday = now.date() - timedelta(days=now.weekday())
    return datetime(monday.year, monday.month, monday.day, 1, tzinfo=UTC)


def write_everything() -> dict[str, Any]:
    """Write all reports, one slice after the other, as the jobs do."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from accord.insights.models import WeeklyReport
    from accord.insights.services.weekly_reports import write_next

    now, seconds, statements = moment(), [], []
    while True:
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            if not write_next(now):
                break
        seconds.append(time.perf_counter() - start)
        statements.append(len(captured))
    return {
        "reports": WeeklyReport.objects.count(),
        "seconds": round(sum(seconds), 1),
        "slices": len(seconds),
        "longest slice": round(max(seconds), 2),
        "statements of a slice": [min(statements), max(statements)],
        "processor": round(time.process_time(), 1),
        "kilobytes of a report": _size(),
    }


def _size() -> float:
    from accord.insights.models import WeeklyReport

    longest = max(
        len(json.dumps(row, ensure_ascii=False)) for row in WeeklyReport.objects.values_list("content", flat=True)
    )
    return round(longest / 1000, 1)


def measure() -> dict[str, Any]:
    """Times of two pages alone and beside the writing."""
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path

    from accord.config import urls
    from accord.people.models import Employee

    settings.ALLOWED_HOSTS = ["testserver"]
    urls.urlpatterns.append(path("_empty/", lambda request: HttpResponse()))
    client = Client()
    client.force_login(Employee.objects.get(employee_no="E2").user)
    pages = {"empty": "/_empty/", "today": "/"}
    end = time.monotonic() + ALONE
    alone = ask(client, pages, lambda: time.monotonic() < end)
    command = [sys.executable, "-m", "tests.bench.weekly_reports", "--write"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        beside = ask(client, pages, lambda: writer.poll() is None)
        written = writer.stdout.read() if writer.stdout else "{}"
    told = {name: {"alone": alone[name], "beside": beside[name]} for name in pages}
    return {**json.loads(written), "pages ms [median, p95]": told}


def ask(client: Any, pages: dict[str, str], goes_on: Any) -> dict[str, list[float]]:
    """The median and the 95th percentile of each page in milliseconds, asked one after the other."""
    taken: dict[str, list[float]] = {name: [] for name in pages}
    while goes_on():
        for name, address in pages.items():
            start = time.perf_counter()
            assert client.get(address).status_code == 200
            taken[name].append((time.perf_counter() - start) * 1000)
    return {
        name: [round(statistics.median(times), 1), round(sorted(times)[int(len(times) * 0.95)], 1)]
        for name, times in taken.items()
    }


if __name__ == "__main__":
    sys.exit(main())
