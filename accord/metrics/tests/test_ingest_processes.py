"""Imports in processes of their own: killed in the middle, and two at once."""

import random
import time
from pathlib import Path

import pytest
from django.db import transaction

from accord.foundation.models import Event
from accord.metrics.models import Batch, Measurement, MeasurementRevision, Series
from accord.metrics.tests.builders import bring, counts, csv, some_metrics
from accord.people.models import Employee
from tests.cast import Cast
from tests.processes import Start, start, wait_for

__all__ = ["start"]

_PEOPLE = 2_000
_SETTINGS = {"DJANGO_SETTINGS_MODULE": "accord.config.settings"}
_SCRIPT = """
import os, sys, time
from pathlib import Path
import django
django.setup()
from accord.foundation.imports import ImportOptions
from accord.metrics.services.measurement_import import import_measurements
from accord.metrics.services.tables import postgresql
postgresql.PARTITION_FROM = 1_000
print("ready", flush=True)
while not Path(os.environ["GO"]).exists():
    time.sleep(0.001)
for name in sys.argv[1:]:
    options = ImportOptions(values={"source": Path(name).stem}, progress=lambda done, total: print(done, flush=True))
    import_measurements(Path(name), options)
"""


@pytest.fixture
def people(start: Start, cast: Cast) -> list[str]:
    """The numbers of a few thousand employees."""
    some_metrics()
    numbers = [f"P{number}" for number in range(_PEOPLE)]
    like = cast.xiaozhang
    Employee.objects.bulk_create(
        Employee(employee_no=number, name=number, org_unit=like.org_unit, position=like.position) for number in numbers
    )
    return numbers


def _lines(numbers: list[str], week: int, value: int) -> list[str]:
    return [f"{number},,签约额,2026-W{week:02d},{value}" for number in numbers]


def test_a_killed_import_leaves_all_of_a_file_or_nothing(start: Start, people: list[str], tmp_path: Path) -> None:
    weeks = range(1, 41)
    files = [str(csv(tmp_path, _lines(people, week, week), name=f"w{week}.csv")) for week in weeks]
    chance = random.Random(41)  # noqa: S311
    done = 0
    for _ in range(4):
        child = start("-c", _SCRIPT, *files[done:], GO=str(tmp_path), **_SETTINGS)
        wait_for(lambda before=done: Batch.objects.count() > before)
        time.sleep(chance.random() * 0.5)
        child.kill()
        child.wait()
        done = Batch.objects.count()
        assert Measurement.objects.count() == done * _PEOPLE
        assert Series.objects.count() == _PEOPLE
        assert Event.objects.filter(name="measurements.recorded").count() == done
    assert 0 < done < len(files), "too few or too many files for the speed of this machine"
    assert counts(bring(tmp_path, *_lines(people, 1, 1))) == (0, 0, _PEOPLE, 0)
    assert counts(bring(tmp_path, *_lines(people, 50, 1))) == (_PEOPLE, 0, 0, 0)


def test_an_import_waits_for_the_one_under_way(start: Start, people: list[str], tmp_path: Path) -> None:
    upper, lower = people[: _PEOPLE * 3 // 4], people[_PEOPLE // 4 :]
    bring(tmp_path, *_lines(people, 40, 0))
    file = csv(tmp_path, _lines(lower, 41, 2), name="second.csv")
    child = start("-c", _SCRIPT, str(file), GO=str(tmp_path / "go"), **_SETTINGS)
    assert child.stdout.readline() == "ready\n"
    with transaction.atomic():
        bring(tmp_path, *_lines(upper, 41, 1))
        (tmp_path / "go").touch()
        # It has read its file and comes to the table now.
        assert child.stdout.readline() == f"{len(lower) // 2}\n"
        time.sleep(1)
        assert child.poll() is None
    assert child.wait() == 0

    _, first, second = Batch.objects.order_by("pk")
    both = _PEOPLE // 2
    assert (first.created, second.created, second.changed) == (_PEOPLE * 3 // 4, _PEOPLE // 4, both)
    assert Measurement.objects.filter(batch=second).count() == both + _PEOPLE // 4
    assert MeasurementRevision.objects.filter(batch=first, replaced_by=second).count() == both
    assert Measurement.objects.count() == 2 * Series.objects.count() == 2 * _PEOPLE
