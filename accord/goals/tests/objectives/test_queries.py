"""What other topics of goals ask objectives."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from accord.domain.status import Light
from accord.goals.models import Cycle, KeyResultKpi, Objective
from accord.goals.queries.objectives import (
    in_full,
    key_results_for,
    linked_metrics,
    objective_score,
    seen,
    seen_all,
)
from accord.goals.queries.own_objectives import own_data
from accord.goals.services.objectives.checking_in import Line, check_in
from accord.goals.tests.objectives.builders import (
    FIRST,
    LAST,
    MIDDLE,
    cycle_around,
    key_result_of,
    metric_named,
    objective_of,
)
from accord.metrics.models import Metric
from accord.people.models import Position
from tests.cast import Cast

D = Decimal


def linked(cycle: Cycle, position: Position) -> set[int]:
    """The metrics that are linked for somebody in a position."""
    found = linked_metrics(Metric.objects.values_list("pk", flat=True), cycle) or {}
    return {*found.get(None, ()), *found.get(position.pk, ())}


def test_metrics_are_linked_by_position_or_for_everybody(cast: Cast) -> None:
    sales, support = cast.xiaozhang.position, cast.stranger.position
    response, repeat, calls = (metric_named(name) for name in ("售后响应时间", "复购率", "回访数"))
    result = key_result_of(objective_of(cast.company), metric=repeat)
    KeyResultKpi.objects.create(key_result=result, metric=response, position=support)
    KeyResultKpi.objects.create(key_result=result, metric=calls)
    assert linked(cycle_around(), support) == {repeat.pk, response.pk, calls.pk}
    assert linked(cycle_around(), sales) == {repeat.pk, calls.pk}
    earlier = cycle_around("2026-Q3", FIRST - timedelta(days=92), FIRST - timedelta(days=1))
    assert linked(earlier, support) == set()


def test_a_line_may_serve_ones_own_key_results_and_those_above(cast: Cast) -> None:
    mine, units, companys = (
        key_result_of(objective_of(subject)) for subject in (cast.xiaozhang, cast.east, cast.company)
    )
    key_result_of(objective_of(cast.service))
    key_result_of(objective_of(cast.colleague))
    assert set(key_results_for(cast.xiaozhang, cycle_around())) == {mine, units, companys}


def test_the_score_is_the_mean_of_close_out_scores_and_of_progress_where_open(cast: Cast) -> None:
    cycle = cycle_around()
    assert objective_score(cast.xiaozhang, cycle, MIDDLE) is None
    done = objective_of(cast.xiaozhang, state=Objective.State.CLOSED, score=D("0.7"))
    key_result_of(done, current=D(10))
    key_result_of(objective_of(cast.xiaozhang, "开拓新客"), current=D(4))
    objective_of(cast.xiaozhang, "还没有关键结果")
    key_result_of(objective_of(cast.east), current=D(1))
    assert objective_score(cast.xiaozhang, cycle, MIDDLE) == D("55.00")


def test_an_objective_stands_against_the_time_that_has_gone(cast: Cast) -> None:
    objective = objective_of(cast.xiaozhang)
    key_result_of(objective, "0.5", current=D(5))
    key_result_of(objective, "0.5", current=D(3))
    now = in_full(Objective.objects.all()).get()
    assert seen(now, MIDDLE).part.progress == D("0.40")
    assert seen(now, MIDDLE).light == Light.YELLOW
    assert seen(now, FIRST).light == Light.GREEN
    assert seen(now, LAST + timedelta(days=1)).light == Light.RED


def test_a_closed_objective_has_no_light(cast: Cast) -> None:
    objective = objective_of(cast.xiaozhang, state=Objective.State.CLOSED)
    key_result_of(objective, current=D(5))
    assert seen(in_full(Objective.objects.all()).get(), MIDDLE).light is None


@pytest.mark.parametrize("many", [1, 12])
def test_any_number_of_objectives_takes_three_statements(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    position = Position.objects.first()
    for number in range(many):
        result = key_result_of(objective_of(cast.xiaozhang, f"目标{number}"), current=D(5))
        KeyResultKpi.objects.create(key_result=result, metric=metric_named("售后响应时间"), position=position)
    with django_assert_num_queries(3):
        for each in seen_all(in_full(Objective.objects.all()), MIDDLE):
            assert [kpi.metric.name for result in each.results for kpi in result.kpis] == ["售后响应时间"]


def test_own_data_holds_ones_own_part_only(cast: Cast) -> None:
    mine = key_result_of(objective_of(cast.xiaozhang, "我的"), current=D(4))
    theirs = key_result_of(objective_of(cast.colleague, "别人的"))
    check_in(theirs, Line(D(3), 7, "我写的"), cast.xiaozhang)
    check_in(mine, Line(D(4), 8, "经理写的"), cast.manager_li)
    assert cast.xiaozhang.user
    data = own_data(cast.xiaozhang.user)
    assert [each["title"] for each in data["objectives"]] == ["我的"]
    assert data["objectives"][0]["key_results"][0]["current"] == "4"
    assert [line["note"] for line in data["check_ins"]] == ["我写的"]
