"""A redesign: what is read, what is missing, and the map that comes of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accord.domain.position_map import MapKpi, MapOutput, PositionMap
from accord.domain.redesign import Step, compose, missing, read_redesign
from accord.domain.wording import Text

CALLS = MapKpi(1, Text("接听量"), target=Decimal(60), source="呼叫中心")
SATISFIED = MapKpi(2, Text("客户满意度"), target=Decimal(92), source="工单系统")
BEFORE = PositionMap(
    (
        MapOutput(Text("来电接听"), Text("电话有人接"), (CALLS,)),
        MapOutput(Text("服务口碑"), Text("客户愿意推荐"), (SATISFIED,)),
    )
)


def steps(**answers: dict[str, Any]) -> dict[str, Any]:
    return {step: {"edition": 1, "by": 1, "answers": said} for step, said in answers.items()}


def whole() -> dict[str, Any]:
    return steps(
        objective={"objective": None, "text": "客户少等、一次办好"},
        contribution={"output": "问题解决", "text": "第一次来电就把问题关上"},
        behaviour={"lines": "挂断前说清原因\n\n 主动回访未解决的单 "},
        kpis={
            "existing": [
                {"metric": 1, "keep": False, "reason": "接得多不等于办得好", "movable": True},
                {"metric": 2, "keep": True, "movable": True, "target": "93", "threshold": "86"},
            ],
            "new": [{"name": "一次解决率", "metric": 7, "target": "78", "threshold": "70", "movable": True}],
        },
        source={"sources": {"一次解决率": "工单系统", "客户满意度": "工单系统"}},
    )


def test_what_both_have_written_becomes_the_new_map() -> None:
    said = read_redesign(whole())
    assert said.behaviours == ("挂断前说清原因", "主动回访未解决的单")
    assert missing(said, BEFORE, {}) == []
    after = compose(said, BEFORE, {})
    assert [output.name.zh for output in after.outputs] == ["问题解决", "服务口碑"]
    new, old = after.outputs
    assert new.serves == Text("客户少等、一次办好")
    assert new.kpis == (MapKpi(7, Text("一次解决率"), Text(""), Decimal(78), Decimal(70), "工单系统", True),)
    assert old.kpis == (MapKpi(2, Text("客户满意度"), Text(""), Decimal(93), Decimal(86), "工单系统", True),)
    assert old.serves == Text("客户愿意推荐")


def test_an_output_of_the_map_is_gone_on_with_and_a_metric_stands_below_it_once() -> None:
    written = whole()
    written["contribution"]["answers"]["output"] = "服务口碑"
    written["kpis"]["answers"]["new"].append({"name": "客户满意度", "metric": 2})
    (only,) = compose(read_redesign(written), BEFORE, {}).outputs
    assert only.serves == Text("客户少等、一次办好")
    assert [kpi.metric for kpi in only.kpis] == [2, 7]
    assert only.kpis[0].target == Decimal(93)


def test_new_names_take_the_keys_of_what_they_have_become() -> None:
    written = whole()
    written["kpis"]["answers"]["new"] = [{"name": "回访完成率"}, {"name": "工单关闭数"}]
    assert [kpi.metric for kpi in compose(read_redesign(written), BEFORE, {"回访完成率": 9}).outputs[0].kpis] == [9, 0]


def test_nothing_written_keeps_the_map_and_everything_is_missing() -> None:
    said = read_redesign({})
    assert compose(said, BEFORE, {}) == BEFORE
    assert [(lack.step, lack.code) for lack in missing(said, BEFORE, {})] == [
        (Step.OBJECTIVE, "objective"),
        (Step.CONTRIBUTION, "output"),
        (Step.CONTRIBUTION, "contribution"),
        (Step.BEHAVIOUR, "behaviour"),
        (Step.KPIS, "verdict"),
        (Step.KPIS, "verdict"),
        (Step.KPIS, "no_kpi"),
    ]


def test_dropping_needs_a_reason_and_each_kpi_a_source() -> None:
    written = whole()
    written["kpis"]["answers"]["existing"][0]["reason"] = " "
    written["source"]["answers"]["sources"] = {}
    lacks = missing(read_redesign(written), BEFORE, {})
    assert [lack.explain("zh-hans") for lack in lacks] == ["去掉“接听量”还缺一句理由", "“一次解决率”还没有写明数据来源"]
    assert [lack.code for lack in missing(read_redesign(written), BEFORE, {"一次解决率": "工单系统"})] == ["reason"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["answers", "existing", "new", "metric", "keep", "name", "sources", "target", "text", "lines"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([step.value for step in Step]), JSON, max_size=5))
def test_whatever_is_stored_can_be_read(stored: dict[str, Any]) -> None:
    said = read_redesign(stored)
    compose(said, BEFORE, {})
    for lack in missing(said, BEFORE, {}):
        assert lack.explain("en")
