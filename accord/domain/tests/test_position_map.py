"""The map of a position: read, checked, and compared in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.position_map import MapKpi, MapOutput, MapUnreadable, PositionMap, differences, read_map
from accord.domain.wording import Text

CALLS = MapKpi(1, Text("接听量", "Calls taken"), Text("忙不忙看得见"), Decimal("60"), None, "呼叫中心")
SOLVED = MapKpi(2, Text("一次解决率"), Text("一次说清"), Decimal("78"), Decimal("70"))
MAP = PositionMap((MapOutput(Text("问题解决", "Problems solved"), Text("客户愿意再来"), (CALLS, SOLVED)),))


def with_kpis(*kpis: MapKpi) -> PositionMap:
    return PositionMap((replace(MAP.outputs[0], kpis=kpis),))


def said(before: PositionMap, after: PositionMap) -> list[str]:
    return [change.explain("zh-hans") for change in differences(before, after)]


def test_a_map_is_read_as_it_was_stored() -> None:
    assert read_map(MAP.as_json()) == MAP
    assert MAP.metrics() == {1, 2}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {"v": 2, "outputs": []},
        {"v": 1},
        {"v": 1, "outputs": [{"name": "问题解决", "serves": {"zh": ""}, "kpis": []}]},
        {"v": 1, "outputs": [{"name": {"zh": "x"}, "serves": {"zh": ""}, "kpis": {}}]},
        {"v": 1, "outputs": [{"name": {"zh": "x"}, "serves": {"zh": ""}, "kpis": [{"metric": "x"}]}]},
    ],
)
def test_what_is_no_map_is_said_to_be_none(content: object) -> None:
    with pytest.raises(MapUnreadable):
        read_map(content)


def test_each_change_is_one_sentence() -> None:
    assert said(MAP, MAP) == []
    assert said(MAP, with_kpis(SOLVED)) == ["“问题解决”不再推荐“接听量”"]
    assert said(with_kpis(SOLVED), MAP) == ["“问题解决”新增指标“接听量”"]
    changed = replace(SOLVED, target=Decimal("80.0"), threshold=None, source="工单系统", why=Text(""), movable=False)
    assert said(MAP, with_kpis(CALLS, changed)) == [
        "“一次解决率”的目标值由 78 改为 80",
        "“一次解决率”的门槛值由 70 改为 —",
        "“一次解决率”的数据来源由 — 改为 工单系统",
        "“一次解决率”的推荐理由改为：—",
        "“一次解决率”改为：本岗位推动不了",
    ]
    assert said(with_kpis(changed), with_kpis(replace(changed, movable=True))) == ["“一次解决率”改为：本岗位能推动"]
    assert said(PositionMap(), MAP)[:2] == ["新增核心产出“问题解决”", "“问题解决”新增指标“接听量”"]
    assert said(MAP, PositionMap()) == ["去掉核心产出“问题解决”"]
    serving = PositionMap((replace(MAP.outputs[0], serves=Text("复购更稳")),))
    assert said(MAP, serving) == ["“问题解决”服务的业务结果改为：复购更稳"]


def test_another_order_and_another_wording_are_told_apart() -> None:
    assert said(MAP, with_kpis(SOLVED, CALLS)) == ["调整了顺序"]
    english = PositionMap((replace(MAP.outputs[0], name=Text("问题解决", "Solving")),))
    assert [change.code for change in differences(MAP, english)] in (["words"], ["order"])
    renamed = with_kpis(CALLS, replace(SOLVED, metric=3))
    assert len(said(MAP, renamed)) == 2


def test_what_keeps_a_map_from_being_saved() -> None:
    def problems(*outputs: MapOutput) -> list[str]:
        return [problem.code for problem in PositionMap(outputs).problems()]

    output = MAP.outputs[0]
    assert problems(output) == []
    assert problems() == ["no_outputs"]
    assert problems(replace(output, name=Text(" "))) == ["unnamed"]
    assert problems(output, output) == ["output_twice"]
    assert problems(replace(output, kpis=(CALLS, CALLS))) == ["kpi_twice"]
    many = tuple(replace(CALLS, metric=number) for number in range(9))
    assert problems(replace(output, kpis=many)) == ["too_many_kpis"]
    outputs = (replace(output, name=Text(str(number))) for number in range(9))
    assert problems(*outputs) == ["too_many_outputs"]
    assert "第 1 项核心产出" in PositionMap((replace(output, name=Text("")),)).problems()[0].explain("zh-hans")


NAMES = st.text("甲乙丙丁", min_size=1, max_size=2)
KPIS = st.builds(
    MapKpi,
    metric=st.integers(1, 4),
    name=st.builds(Text, NAMES),
    why=st.builds(Text, st.text(max_size=3)),
    target=st.one_of(st.none(), st.decimals(-100, 100, places=2)),
    source=st.text(max_size=3),
    movable=st.booleans(),
)
OUTPUTS = st.builds(
    MapOutput,
    name=st.builds(Text, NAMES),
    serves=st.builds(Text, st.text(max_size=3)),
    kpis=st.lists(KPIS, max_size=3, unique_by=lambda kpi: kpi.metric).map(tuple),
)
MAPS = st.lists(OUTPUTS, max_size=3, unique_by=lambda output: output.name.zh).map(tuple).map(PositionMap)


@given(MAPS, MAPS)
def test_two_maps_differ_exactly_where_something_is_said(before: PositionMap, after: PositionMap) -> None:
    assert read_map(after.as_json()) == after
    told = differences(before, after)
    assert bool(told) == (before != after)
    for change in told:
        assert change.explain("en")
        assert change.explain("zh-hans")
