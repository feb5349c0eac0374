"""`accord import kpis`: what is taken, what is refused, and that twice is once."""

from decimal import Decimal
from pathlib import Path

import pytest

from accord.domain.periods import Frequency, Period
from accord.foundation.imports import ImportOptions, ImportResult
from accord.foundation.models import Event, User
from accord.goals.models import Cycle, Kpi, KpiTarget
from accord.goals.services.kpi_import import import_kpis
from accord.metrics.models import Metric
from accord.metrics.services.library import change_metric
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HEADER = "工号,指标,权重,目标,门槛,挑战,评分方法,生效自,生效至"


@pytest.fixture(autouse=True)
def library(cast: Cast) -> None:
    Metric.objects.create(name="签约额", unit="万元")
    Metric.objects.create(name="回款率", unit="%")
    Metric.objects.create(name="首次响应时长", unit="分钟", direction=Metric.Direction.DOWN)


@pytest.fixture
def load(tmp_path: Path, cast: Cast):
    def run(
        *lines: str, header: str = HEADER, dry_run: bool = False, actor: User | None = None, **values: str
    ) -> ImportResult:
        path = tmp_path / "kpis.csv"
        path.write_text("\n".join([header, *lines]).replace("小张", cast.xiaozhang.employee_no), "utf-8")
        return import_kpis(path, ImportOptions(dry_run=dry_run, values=values, actor=actor))

    return run


def week(label: str) -> int:
    return Period.parse(label, Frequency.WEEK).key


def codes(result: ImportResult) -> list[tuple[int, str, str]]:
    return [(remark.row, remark.column, remark.code) for remark in result.remarks]


def test_a_row_becomes_a_kpi_with_a_target_that_always_holds(load, cast) -> None:
    result = load("小张,签约额,60%,24,,,,,", "小张,回款率,40,88%,,,,,")

    assert (result.created, result.refused, result.remarks) == (2, 0, ())
    kpi = Kpi.objects.get(series__metric__name="签约额")
    assert (kpi.series.employee, kpi.weight, kpi.method) == (cast.xiaozhang, Decimal("0.6"), "completion_ratio")
    target = kpi.targets.get()
    assert target.from_period <= week("2019-W01") < week("2035-W01") <= target.to_period
    assert (target.green_from, target.yellow_from) == (Decimal("22.8"), Decimal("18"))


def test_lower_is_better_turns_the_light_bounds_round(load) -> None:
    load("小张,首次响应时长,100%,40,,,,,")
    target = KpiTarget.objects.get()
    assert target.lower_is_better
    assert (target.green_from, target.yellow_from) == (Decimal("42"), Decimal("50"))


def test_the_same_file_twice_changes_nothing(load) -> None:
    lines = ("小张,签约额,60%,24,,,,,2026-09-30", "小张,签约额,60%,26,,,,2026-10-01,")
    load(*lines)
    before = list(KpiTarget.objects.order_by("id").values())
    again = load(*lines)
    assert (again.created, again.changed, again.same) == (0, 0, 2)
    assert list(KpiTarget.objects.order_by("id").values()) == before
    assert Event.objects.filter(name="kpis.changed").count() == 1


def test_rows_with_dates_make_a_schedule_without_gap_or_overlap_in_the_week_across_the_border(load) -> None:
    load("小张,签约额,100%,24,,,,2026-07-01,2026-09-30", "小张,签约额,100%,26,,,,2026-10-01,")
    first, second = KpiTarget.objects.order_by("from_period")
    assert (first.from_period, first.to_period) == (week("2026-W27"), week("2026-W39"))
    assert second.from_period == week("2026-W40")


def test_an_open_target_yields_to_one_that_begins_later(load) -> None:
    load("小张,签约额,100%,24,,,,,")
    result = load("小张,签约额,100%,30,,,,2026-W40,")
    first, second = KpiTarget.objects.order_by("from_period")
    assert result.created == 1
    assert (first.to_period, second.from_period) == (week("2026-W39"), week("2026-W40"))
    assert load("小张,签约额,100%,24,,,,,").same == 1


def test_weights_that_do_not_make_100_are_taken_and_named(load, cast) -> None:
    result = load("小张,签约额,60%,24,,,,,", "小张,回款率,30%,88,,,,,")
    [warning] = result.remarks
    assert (result.created, result.refused, warning.is_refusal) == (2, 0, False)
    assert (warning.values["name"], warning.values["sum"], warning.values["off"]) == (cast.xiaozhang.name, "90", "10")


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("404,签约额,50%,24,,,,,", "employee_no", "employee_unknown"),
        (",签约额,50%,24,,,,,", "employee_no", "subject_missing"),
        ("小张,签单额,50%,24,,,,,", "metric", "metric_unknown"),
        ("小张,签约额,150%,24,,,,,", "weight", "weight_out_of_range"),
        ("小张,签约额,,24,,,,,", "weight", "weight_missing"),
        ("小张,签约额,50%,很多,,,,,", "target", "number_unreadable"),
        ("小张,签约额,50%,1e400,,,,,", "target", "number_too_large"),
        ("小张,签约额,50%,,,,,,", "target", "target_missing"),
        ("小张,签约额,50%,24,,,拍脑袋,,", "method", "method_unknown"),
        ("小张,签约额,50%,24,20,,门槛-目标-挑战 插值,,", "method", "bounds_missing"),
        ("小张,签约额,50%,24,,,,2026-02-30,", "valid_from", "day_unreadable"),
        ("小张,签约额,50%,24,,,,2026-W41,2026-W40", "valid_from", "ends_before_start"),
    ],
)
def test_a_bad_row_is_refused_with_its_place_and_the_rest_is_taken(load, line: str, column: str, code: str) -> None:
    result = load(line, "小张,回款率,100%,88,,,,,")
    assert (2, column, code) in codes(result)
    assert (result.created, result.refused) == (1, 1)


def test_an_unknown_metric_is_refused_with_the_nearest_names_or_made_on_wish(load) -> None:
    refused = load("小张,签单额,100%,24,,,,,")
    assert "签约额" in refused.remarks[0].values["nearest"]
    made = load("小张,签单额,100%,24,,,,,", create_metrics="1")
    metric = Metric.objects.get(name="签单额")
    assert made.created == 1
    assert (metric.frequency, metric.direction) == (Frequency.WEEK, Metric.Direction.UP)


def test_two_rows_for_the_same_time_or_with_two_weights_are_refused(load) -> None:
    same_time = load("小张,签约额,100%,24,,,,2026-W40,2026-W44", "小张,签约额,100%,25,,,,2026-W42,2026-W45")
    assert codes(same_time) == [(3, "valid_from", "overlap")]
    two_weights = load("小张,回款率,40%,88,,,,2026-W40,2026-W44", "小张,回款率,50%,88,,,,2026-W45,")
    assert (3, "weight", "weight_differs") in codes(two_weights)


def test_threshold_and_stretch_choose_interpolation(load) -> None:
    load("小张,签约额,100%,24,20,30,,,")
    assert Kpi.objects.get().method == "threshold_target_stretch"


def test_a_unit_can_have_kpis(load, cast) -> None:
    header = "部门,指标,权重,目标"
    assert load(f"{cast.east.path},签约额,100%,300", header=header).created == 1
    assert Kpi.objects.get().series.org_unit == cast.east


def test_a_dry_run_tells_and_writes_nothing(load) -> None:
    result = load("小张,新指标,100%,24,,,,,", dry_run=True, create_metrics="1")
    assert result.created == 1
    assert not Kpi.objects.exists()
    assert not Cycle.objects.exists()
    assert not Metric.objects.filter(name="新指标").exists()
    assert not Event.objects.exists()


def test_somebody_who_left_gets_no_kpis(load, cast) -> None:
    cast.xiaozhang.status = cast.xiaozhang.Status.LEFT
    cast.xiaozhang.save()
    assert codes(load("小张,签约额,100%,24,,,,,")) == [(2, "employee_no", "employee_unknown")]


@pytest.mark.parametrize("last", ["9999-12-31", "9999-12", "2999-12-31"])
def test_a_last_day_that_never_comes_is_how_systems_write_no_end(load, last: str) -> None:
    result = load(f"小张,签约额,100%,24,,,,2026-10-01,{last}", f"小张,回款率,100%,24,,,,1900-01-01,{last}")
    assert (result.created, result.refused) == (2, 0)
    for target in KpiTarget.objects.all():
        assert target.from_period <= week("2026-W41") < week("2099-W52") <= target.to_period


def test_targets_follow_a_metric_that_turns_out_to_be_better_when_lower(
    load, cast: Cast, django_capture_on_commit_callbacks
) -> None:
    load("小张,退货数,100%,40,,,,,", create_metrics="1")
    metric = Metric.objects.get(name="退货数")
    metric.direction = Metric.Direction.DOWN
    with django_capture_on_commit_callbacks(execute=True):
        change_metric(metric, cast.hrbp_wang.user)
    target = KpiTarget.objects.get()
    assert (target.lower_is_better, target.green_from, target.yellow_from) == (True, Decimal(42), Decimal(50))
    assert Event.objects.filter(name="kpis.changed").count() == 2


def test_an_hr_partner_speaks_only_about_the_people_and_units_they_partner(load, cast) -> None:
    lines = ("小张,签约额,100%,24,,,,,", f"{cast.stranger.employee_no},签约额,100%,24,,,,,")

    result = load(*lines, actor=cast.hrbp_wang.user)
    assert codes(result) == [(3, "employee_no", "subject_out_of_reach")]
    assert [kpi.series.employee for kpi in Kpi.objects.all()] == [cast.xiaozhang]

    # Whether a guess about a stranger is right cannot be read off the counts: the row is refused, right or wrong.
    load(*lines, actor=cast.administrator.user)
    again = load(*lines, actor=cast.hrbp_wang.user)
    assert (again.same, again.refused) == (1, 1)
