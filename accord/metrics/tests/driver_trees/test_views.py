"""What a tree says: what moved the result, who moved it, what slipped, and the same in sentences."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.domain.driver_tree.errors import CannotRetarget
from accord.domain.status import Light
from accord.metrics.errors.driver_trees import UnitOutside
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.metrics.queries.driver_trees import (
    breakdown,
    products_of_library,
    sentences,
    slip_of,
    target_plan,
    tree_view,
)
from accord.metrics.services.driver_trees import NodeDraft, make_tree, take_apart
from accord.metrics.tests.builders import bring
from accord.metrics.tests.driver_trees.builders import WEEK, node_of, store_metrics, store_tree, weeks, with_targets
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db
OLD, NEW = ("400000", "2.5", "200"), ("420000", "2.2", "210")


@pytest.fixture
def tree(cast: Cast) -> DriverTree:
    return store_tree(cast)


def amounts(view) -> dict[str, Decimal]:
    return {step.node.metric.name if step.node else "residual": step.amount for step in view.steps}


def test_the_change_of_a_week_is_made_of_its_drivers(tree: DriverTree, tmp_path: Path) -> None:
    weeks(tmp_path, OLD, NEW)
    view = tree_view(tree, WEEK)
    assert (view.root.before, view.root.value, view.change) == (200, Decimal("194.04"), Decimal("-5.96"))
    assert amounts(view) == {"访客数": Decimal("9.61"), "转化率": Decimal("-25.18"), "客单价": Decimal("9.61")}
    assert view.root.contribution == view.change == sum(amounts(view).values())
    assert (view.residual, view.missing, view.problem) == (0, (), None)
    assert [node.depth for node in view.nodes.values()] == [0, 1, 1, 1]


def test_a_result_that_is_measured_differently_shows_the_residual(tree: DriverTree, tmp_path: Path) -> None:
    weeks(tmp_path, OLD, NEW)
    bring(tmp_path, f",远航电商/销售部/华东组,GMV,{WEEK.label},190.04")
    view = tree_view(tree, WEEK)
    assert (view.change, view.residual, view.root.gap) == (Decimal("-9.96"), -4, -4)
    assert amounts(view)["residual"] == view.root.residual == -4
    assert sum(amounts(view).values()) == view.change
    assert "未能解释 −4.00 万元" in sentences(view, "zh-hans")[0]


def test_against_the_target_every_node_has_its_own_light(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    weeks(tmp_path, OLD, NEW)
    with_targets(tree, WEEK)
    view = tree_view(tree, WEEK, "target")
    assert (view.root.base, view.change) == (200, Decimal("-5.96"))
    lights = {node.metric.name: node.light for node in view.nodes.values()}
    assert lights == {"GMV": Light.GREEN, "访客数": Light.GREEN, "转化率": Light.YELLOW, "客单价": Light.GREEN}
    assert tree_view(tree, WEEK - 1, "target").change is None


def test_a_target_that_does_not_fit_its_parts_is_a_residual_too(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    weeks(tmp_path, OLD, NEW)
    with_targets(tree, WEEK, {"GMV": "210", "访客数": "400000", "转化率": "2.5", "客单价": "200"})
    view = tree_view(tree, WEEK, "target")
    assert (view.change, view.residual) == (Decimal("-15.96"), -10)


def test_without_a_value_nothing_is_guessed(tree: DriverTree, tmp_path: Path) -> None:
    weeks(tmp_path, OLD)
    view = tree_view(tree, WEEK)
    assert (view.change, view.is_attributed, view.steps) == (None, False, ())
    assert {node.metric.name for node in view.missing} == {"访客数", "转化率", "客单价"}
    assert sentences(view, "zh-hans") == ["GMV 暂时无法归因：访客数、转化率、客单价还没有数值或可以比较的值。"]
    assert slip_of(view) is None


def test_a_node_whose_parts_are_not_all_known_counts_itself(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    weeks(tmp_path, OLD, NEW)
    unmeasured = NodeDraft(store_metrics()["客单价"].pk, cast.sales.pk)
    with pytest.raises(UnitOutside):
        take_apart(tree, 1, cast.hrbp_wang, node_of(tree, "客单价").pk, [unmeasured], kind="sum")
    other = Metric.objects.create(name="邮费", unit="元")
    part = NodeDraft(other.pk, cast.east.pk)
    take_apart(tree, 1, cast.hrbp_wang, node_of(tree, "客单价").pk, [part], kind="sum")
    view = tree_view(tree, WEEK)
    assert amounts(view)["客单价"] == Decimal("9.61")
    assert [node.metric.name for node in view.missing] == ["邮费"]


def test_a_result_that_nobody_measures_is_what_its_formula_makes(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    weeks(tmp_path, OLD, NEW)
    other = Metric.objects.create(name="估算 GMV", unit="万元")
    root = tree.nodes.get(parent=None)
    root.metric = other
    root.save()
    view = tree_view(tree, WEEK)
    assert (view.root.is_measured, view.root.value, view.change) == (False, Decimal("194.04"), Decimal("-5.96"))


def test_a_division_by_zero_is_said_and_nothing_else_is_lost(cast: Cast, tmp_path: Path) -> None:
    metrics = store_metrics()
    draft = NodeDraft(
        metrics["转化率"].pk,
        cast.east.pk,
        DriverNode.Kind.RATIO,
        (NodeDraft(metrics["GMV"].pk, cast.east.pk), NodeDraft(metrics["访客数"].pk, cast.east.pk)),
    )
    tree = make_tree("比率", cast.east, draft, cast.hrbp_wang)
    unit = ",远航电商/销售部/华东组"
    week, before = WEEK.label, (WEEK - 1).label
    bring(
        tmp_path,
        f"{unit},GMV,{week},5",
        f"{unit},GMV,{before},4",
        f"{unit},访客数,{week},0",
        f"{unit},访客数,{before},9",
    )
    view = tree_view(tree, WEEK)
    assert view.problem is not None
    assert view.problem.code == "division_by_zero"
    assert sentences(view, "en") == [view.problem.explain("en")]


def test_a_tree_is_read_with_the_same_statements_whatever_its_size(cast: Cast, tmp_path: Path) -> None:
    small = store_tree(cast)
    weeks(tmp_path, OLD, NEW)
    with CaptureQueriesContext(
        connection,
    ) as few:
        tree_view(small, WEEK)
    root = small.nodes.get(parent=None)
    copies = [NodeDraft(root.metric_id, cast.east.pk) for _ in range(40)]
    take_apart(small, 1, cast.hrbp_wang, node_of(small, "访客数").pk, copies, kind="sum")
    with CaptureQueriesContext(connection) as many:
        tree_view(small, WEEK)
    assert len(few) == len(many) == 4


PEOPLE = {"小张": ("200000", "2.5", "200"), "小林": ("200000", "2.5", "200")}


def of_people(folder: Path) -> None:
    """小张's conversion falls from 2.5 to 1.9 %, 小林 stays; the manager's own GMV is that of the team."""
    weeks(folder, ("400000", "2.5", "200"), ("400000", "2.2", "200"))
    weeks(folder, ("200000", "2.5", "200"), ("200000", "1.9", "200"), subject="A011,")
    weeks(folder, ("200000", "2.5", "200"), ("200000", "2.5", "200"), subject="A012,")
    weeks(folder, ("400000", "2.5", "200"), ("400000", "2.2", "200"), subject="A010,")


def test_a_rate_is_split_over_people_by_what_adds_up(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    of_people(tmp_path)
    view = tree_view(tree, WEEK)
    rate = view.nodes[node_of(tree, "转化率").pk]
    found = breakdown(rate, view, cast.manager_li.user)
    assert found is not None
    assert (found.total, found.units) == (-24, ())
    assert {share.employee.name: share.amount for share in found.people if share.employee} == {"小张": -24, "小林": 0}
    assert found.people[0].base == Decimal("2.5")
    assert sum(share.amount for share in found.people) == found.total


def test_a_sum_is_split_and_a_team_counts_once(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    of_people(tmp_path)
    bring(tmp_path, f",远航电商/销售部/华东组,GMV,{WEEK.label},170")
    view = tree_view(tree, WEEK)
    found = breakdown(view.root, view, cast.executive_chen.user)
    assert found is not None
    people = {share.employee.name: share.amount for share in found.people if share.employee}
    assert people == {"小张": -24, "小林": 0}
    nobodys = [share.amount for share in found.people if share.is_nobodys]
    assert (found.total, nobodys) == (-30, [-6])


def test_only_those_whom_the_reader_may_see_are_named(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    of_people(tmp_path)
    view = tree_view(tree, WEEK)
    rate = view.nodes[node_of(tree, "转化率").pk]
    found = breakdown(rate, view, cast.colleague.user)
    assert found is not None
    assert [share.employee.name for share in found.people if share.employee] == ["小林"]
    others = [share for share in found.people if share.is_others]
    assert [(share.count, share.amount) for share in others] == [(1, -24)]


def test_units_below_have_their_share(cast: Cast, tmp_path: Path) -> None:
    metrics = store_metrics()
    draft = NodeDraft(metrics["访客数"].pk, cast.sales.pk)
    tree = make_tree("访客", cast.sales, draft, cast.hrbp_wang)
    week, before = WEEK.label, (WEEK - 1).label
    bring(
        tmp_path,
        f",远航电商/销售部,访客数,{before},1000",
        f",远航电商/销售部,访客数,{week},900",
        f",远航电商/销售部/华东组,访客数,{before},600",
        f",远航电商/销售部/华东组,访客数,{week},540",
    )
    view = tree_view(tree, WEEK)
    found = breakdown(view.root, view, cast.hrbp_wang.user)
    assert found is not None
    assert [(share.unit and share.unit.name, share.amount) for share in found.units] == [("华东组", -60), (None, -40)]
    assert found.people == ()


def test_a_ratio_of_the_library_is_split_by_its_two_parts(cast: Cast, tmp_path: Path) -> None:
    metrics = store_metrics()
    orders = Metric.objects.create(name="订单数", unit="单")
    rate = Metric.objects.create(
        name="下单率", unit="%", aggregation="ratio", numerator=orders, denominator=metrics["访客数"]
    )
    tree = make_tree("下单率", cast.east, NodeDraft(rate.pk, cast.east.pk), cast.hrbp_wang)
    week, before, unit = WEEK.label, (WEEK - 1).label, ",远航电商/销售部/华东组"
    numbers = {unit: (1000, 1000, 50, 40), "A011,": (600, 600, 30, 20), "A012,": (400, 400, 20, 20)}
    lines = [
        f"{who},{metric},{when},{value}"
        for who, values in numbers.items()
        for (metric, when), value in zip(
            [("访客数", before), ("访客数", week), ("订单数", before), ("订单数", week)], values, strict=True
        )
    ]
    bring(tmp_path, *lines)
    view = tree_view(tree, WEEK)
    found = breakdown(view.root, view, cast.manager_li.user)
    assert found is not None
    assert (found.total, [(share.employee and share.employee.name, share.amount) for share in found.people]) == (
        -1,
        [("小张", -1), ("小林", 0)],
    )


def test_a_rate_without_parts_is_not_split(cast: Cast, tmp_path: Path) -> None:
    metrics = store_metrics()
    tree = make_tree("转化", cast.east, NodeDraft(metrics["转化率"].pk, cast.east.pk), cast.hrbp_wang)
    of_people(tmp_path)
    view = tree_view(tree, WEEK)
    found = breakdown(view.root, view, cast.manager_li.user)
    assert found is not None
    assert (found.units, found.people) == ((), ())
    empty = tree_view(tree, WEEK + 10)
    assert breakdown(empty.root, empty, cast.manager_li.user) is None


def test_a_breakdown_takes_the_same_statements_for_more_people(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    of_people(tmp_path)
    rate = node_of(tree, "转化率").pk

    def statements() -> int:
        view = tree_view(tree, WEEK)
        with CaptureQueriesContext(connection) as seen:
            breakdown(view.nodes[rate], view, cast.manager_li.user)
        return len(seen)

    few = statements()
    for place in range(5):
        employee(f"B{place}", f"店员{place}", cast.east, cast.manager_li)
        weeks(tmp_path, OLD, NEW, subject=f"B{place},")
    assert statements() == few


def test_the_driver_that_slipped_since_when_whose_and_last_time(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    node = node_of(tree, "转化率")
    node.owner_unit = cast.east
    node.save()
    cast.east.head = cast.manager_li
    cast.east.save()
    rates = ["2.6", "2.4", "2.1", "2.2", "2.6", "2.6", "2.5", "2.4", "2.3", "2.2"]
    weeks(tmp_path, *(("400000", rate, "200") for rate in rates))
    with_targets(tree, WEEK - 20)
    view = tree_view(tree, WEEK, "target")
    slip = slip_of(view)
    assert slip is not None
    assert (slip.node.metric.name, slip.since, slip.periods, slip.is_against_target) == ("转化率", WEEK - 2, 3, True)
    assert (slip.owner, slip.owner_unit, slip.amount) == (cast.manager_li, cast.east, -24)
    last = slip.last_time
    assert last is not None
    assert (last.since, last.until, last.recovered) == (WEEK - 8, WEEK - 6, WEEK - 5)
    assert (last.worst, last.worst_period) == (Decimal("2.1"), WEEK - 7)
    assert sentences(view, "zh-hans", slip) == [
        "GMV 比目标少 24.00 万元：转化率 −24.00 万元。",
        "转化率从 2026-W39 起未达目标，已有 3 周，由李经理负责。",
        "上一次是 2026-W33 至 2026-W35，最差 2.10%（2026-W34），2026-W36 恢复。",
    ]


def test_without_targets_a_driver_slips_by_getting_worse(tree: DriverTree, cast: Cast, tmp_path: Path) -> None:
    rates = ["2.6", "2.5", "2.4", "2.3", "2.6", "2.5", "2.4"]
    weeks(tmp_path, *(("400000", rate, "200") for rate in rates))
    slip = slip_of(tree_view(tree, WEEK))
    assert slip is not None
    assert (slip.since, slip.periods, slip.is_against_target, slip.owner) == (WEEK - 1, 2, False, None)
    assert slip.last_time is not None
    assert (slip.last_time.since, slip.last_time.until) == (WEEK - 5, WEEK - 3)


def test_where_lower_is_better_the_driver_that_rose_slipped(cast: Cast, tmp_path: Path) -> None:
    cost = Metric.objects.create(name="费用", unit="元", direction="down", decimals=0)
    parts = [Metric.objects.create(name=name, unit="元", direction="down", decimals=0) for name in ("运费", "包装")]
    leaves = tuple(NodeDraft(part.pk, cast.east.pk) for part in parts)
    tree = make_tree("费用", cast.east, NodeDraft(cost.pk, cast.east.pk, "sum", leaves), cast.hrbp_wang)
    unit, week, before = ",远航电商/销售部/华东组", WEEK.label, (WEEK - 1).label
    values = (("运费", before, 10), ("运费", week, 18), ("包装", before, 10), ("包装", week, 5))
    bring(tmp_path, *(f"{unit},{metric},{when},{value}" for metric, when, value in values))
    slip = slip_of(tree_view(tree, WEEK))
    assert slip is not None
    assert (slip.node.metric.name, slip.amount) == ("运费", 8)


def test_many_drivers_are_summed_up_and_units_are_named(cast: Cast, tmp_path: Path) -> None:
    total = Metric.objects.create(name="投诉", unit="件", decimals=0)
    parts = [Metric.objects.create(name=f"原因{place}", unit="件", decimals=0) for place in range(7)]
    leaves = tuple(NodeDraft(part.pk, cast.east.pk) for part in parts)
    tree = make_tree("投诉", cast.sales, NodeDraft(total.pk, cast.sales.pk, "sum", leaves), cast.hrbp_wang)
    week, before = WEEK.label, (WEEK - 1).label
    lines = []
    for place, part in enumerate(parts):
        lines += [
            f",远航电商/销售部/华东组,{part.name},{before},10",
            f",远航电商/销售部/华东组,{part.name},{week},{11 + place}",
        ]
    bring(tmp_path, *lines)
    said = sentences(tree_view(tree, WEEK), "zh-hans")[0]
    assert said.startswith("投诉比上周多 28 件：华东组原因6 +7 件，华东组原因5 +6 件，")
    assert said.endswith("，华东组原因3 +4 件，其余 3 项合计 +6 件。")
    assert "3 others together +6 件." in sentences(tree_view(tree, WEEK), "en")[0]


def test_a_percentage_moves_by_points_and_nothing_moved_is_said_plainly(cast: Cast, tmp_path: Path) -> None:
    metrics = store_metrics()
    tree = make_tree("转化", cast.east, NodeDraft(metrics["转化率"].pk, cast.east.pk), cast.hrbp_wang)
    weeks(tmp_path, OLD, NEW, NEW)
    assert sentences(tree_view(tree, WEEK - 1), "zh-hans") == ["转化率比上周少 0.30 个百分点：转化率 −0.30 个百分点。"]
    assert sentences(tree_view(tree, WEEK), "en") == ["Conversion is the same as the week before."]


def test_a_plan_of_targets_shows_all_and_writes_none(tree: DriverTree, cast: Cast) -> None:
    with_targets(tree, WEEK)
    rate, order = node_of(tree, "转化率"), node_of(tree, "客单价")
    plan = target_plan(tree, WEEK)
    assert (plan.moves, [line.gap for line in plan.lines]) == ({}, [None] * 4)
    plan = target_plan(tree, WEEK, rate.pk, Decimal("2.6"), locked={node_of(tree, "访客数").pk})
    assert plan.moves == {rate.pk: Decimal("2.6"), order.pk: Decimal("192.307692")}
    up = target_plan(tree, WEEK, rate.pk, Decimal("2.6"), keep="others")
    assert up.moves == {rate.pk: Decimal("2.6"), tree.nodes.get(parent=None).pk: 208}
    assert node_of(tree, "转化率").targets.get().value == Decimal("2.5")
    with pytest.raises(CannotRetarget):
        target_plan(tree, WEEK, rate.pk, Decimal(0))


def test_targets_hold_until_the_next_and_that_does_not_depend_on_when_they_were_set(
    tree: DriverTree, cast: Cast
) -> None:
    with_targets(tree, WEEK + 4, {"客单价": "210"})
    with_targets(tree, WEEK, {"客单价": "205"})
    order = node_of(tree, "客单价").pk
    found = [tree_view(tree, WEEK + ahead).nodes[order].target for ahead in (-1, 0, 3, 4, 9)]
    assert found == [None, 205, 205, 210, 210]


def test_products_of_the_library_are_offered(cast: Cast) -> None:
    metrics = store_metrics()
    assert products_of_library(2) == [(metrics["GMV"], (metrics["访客数"], metrics["转化率"], metrics["客单价"]))]
    assert products_of_library(3) == []
