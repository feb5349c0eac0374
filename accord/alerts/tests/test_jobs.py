"""What makes periods be judged: facts, the clock, and the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accord.alerts.jobs.evaluation import evaluate_pending, judge_measured, judge_targets
from accord.alerts.models import JudgedPeriod, KpiStatus
from accord.alerts.tests.builders import kpi, measure, week
from accord.foundation.models import Job
from accord.foundation.registry import table
from tests.cast import Cast

W40, W41 = week(40), week(41)

pytestmark = pytest.mark.django_db


def touched() -> set[int]:
    return set(JudgedPeriod.objects.exclude(touches=0).values_list("period", flat=True))


def test_values_are_judged_soon_and_by_one_job(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang), {W40: 80, W41: 90})
    judge_measured(batch_id=1, periods=[W40.key, W41.key])
    judge_measured(batch_id=2, periods=[W41.key])
    assert Job.objects.count() == 1
    evaluate_pending.call()
    assert KpiStatus.objects.count() == 2


def test_changed_targets_touch_the_periods_that_are_known(cast: Cast) -> None:
    judge_measured(batch_id=1, periods=[W40.key])
    JudgedPeriod.objects.update(touches=0)
    judge_targets(ranges=[(W41.key, 2_999_999)])
    assert touched() == set()
    judge_targets(ranges=[(W41.key, 2_999_999), (2_000_000, W40.key)])
    assert touched() == {W40.key}


def test_every_night_whatever_needs_it_is_judged() -> None:
    assert evaluate_pending in [entry.task for entry in table("ACCORD_SCHEDULE")]


def evaluated(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_line_reports_what_it_judged(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang), {W40: 80, W41: 90})
    measure(kpi(cast.xiaozhang), {W40: 96, W41: 100})
    report = json.loads(evaluated("--period", "2026-W41", "--json"))
    assert report.pop("seconds") >= 0
    assert report == {
        "periods": ["2026-W41"],
        "judged": 2,
        "green": 1,
        "yellow": 1,
        "red": 0,
        "alerts_raised": 1,
        "alerts_watched": 0,
        "alerts_cleared": 0,
        "alerts_withdrawn": 0,
    }
    assert "2026-W41" in evaluated("--period", "2026-W41")
    assert json.loads(evaluated("--json"))["alerts_raised"] == 0


@pytest.mark.parametrize("text", ["2026-W99", "x", "0000-W01", "0001-01-01", "9999-W52", "9999-12-31", "2100-Q1"])
def test_a_period_that_is_none_is_refused_and_leaves_nothing_behind(text: str) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=text):
        call_command("evaluate", f"--period={text}", "--json", stdout=out)
    assert json.loads(out.getvalue())["error"]["code"] == "no_period"
    assert not JudgedPeriod.objects.exists()
