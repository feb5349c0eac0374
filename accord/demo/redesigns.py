"""Positions whose KPIs 远航电商 has thought through anew: 客服专员 is done, 店铺运营 is being talked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from accord.demo.clock import Calendar, Story, as_of
from accord.domain.position_map import MapKpi, MapOutput, PositionMap
from accord.domain.redesign import Step
from accord.domain.wording import Text
from accord.goals.models import Cycle, PositionMapVersion
from accord.goals.services.agreements.drafting import draft_agreements
from accord.goals.services.agreements.drafts import AgreementDraft, Drafted, LineDraft
from accord.goals.services.map_versions import lay_down
from accord.goals.services.redesigns import finish, save_step, start
from accord.metrics.models import Metric
from accord.metrics.queries.library import metrics_by_name
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.people.models import Employee, Position

_AGENT, _OPERATOR = "客服专员", "店铺运营"
_OLD_METRICS = (
    MetricDefinition("接听量", "Calls taken", unit="次", decimals=0, source="呼叫中心"),
    MetricDefinition(
        "平均通话时长", "Average call length", unit="分钟", direction=Metric.Direction.DOWN, decimals=1,
        aggregation=Metric.Aggregation.MEAN, source="呼叫中心",
    ),
)  # fmt: skip

_DONE: Mapping[Step, Mapping[str, Any]] = {
    Step.OBJECTIVE: {"objective": None, "text": "客户少等、一次办好，愿意回来再买"},
    Step.CONTRIBUTION: {
        "output": "问题解决",
        "text": "客户第一次找来就把问题关上，转给别的组的单子少了，老客户才愿意再下单。",
    },
    Step.BEHAVIOUR: {
        "lines": "先复述问题、查清订单，再给处理办法\n结束会话前，说清处理结果和时间\n当天没办完的，次日中午前主动回访",
    },
}
_BEGUN: Mapping[Step, Mapping[str, Any]] = {
    Step.OBJECTIVE: {"objective": None, "text": "店铺成交额增长，利润不靠打折换来"},
    Step.CONTRIBUTION: {
        "output": "店铺成交",
        "text": "把进店的人留住：选对主推款、换季及时换图、搭配讲得清楚。付费流量归投放，自己能做的是转化和自然流量。",
    },
    Step.BEHAVIOUR: {"lines": "每周一看完上周各款转化，定好本周主推\n换季前一周换完主推款首图"},
}


def lay_down_old_map(opening: date) -> None:
    """What the company said of 客服专员 before anybody had asked those who hold the position."""
    with as_of(opening):
        metrics = ensure_metrics(_OLD_METRICS) | metrics_by_name(["客户满意度"])
        position = Position.objects.get(name=_AGENT)
        # The company came with a map of its own for this position, instead of the one that the product brings.
        PositionMapVersion.objects.filter(position=position).delete()
        lay_down(position, _old_map(metrics), 1, "沿用呼叫中心的考核口径")


def tell_of_redesigns(calendar: Calendar, today: date) -> None:
    """客服专员 went from counting calls to solving problems five weeks ago; 店铺运营 was begun this week."""
    calendar.add(_finished(today - timedelta(days=35)))
    calendar.add(_under_way(today - timedelta(days=2)))


def _finished(day: date) -> Story:
    minute = datetime.combine(day, time(15))
    yield minute
    holder = _holder(_AGENT)
    redesign = start(holder.position, holder, _lead(holder))
    for writer, (step, answers) in zip(
        cycle((holder, _lead(holder))), [*_DONE.items(), *_chosen().items()], strict=False
    ):
        minute += timedelta(minutes=5)
        yield minute
        save_step(redesign, step, answers, 0, writer)
    yield minute + timedelta(minutes=4)
    redesign.refresh_from_db()
    finish(redesign, "从数电话，改为看问题有没有一次办好", _lead(holder), redesign.edition)


def _under_way(day: date) -> Story:
    minute = datetime.combine(day, time(10))
    yield minute
    holder = _holder(_OPERATOR)
    redesign = start(holder.position, holder, _lead(holder))
    for writer, (step, answers) in zip(cycle((holder, _lead(holder))), _BEGUN.items(), strict=False):
        minute += timedelta(minutes=4)
        yield minute
        save_step(redesign, step, answers, 0, writer)


def draft_a_misfit(quarter: Cycle) -> Drafted:
    """One 客服专员 is to carry 转化率, which is the store operators': the fit check says so beside the line."""
    agent = Employee.objects.filter(position__name=_AGENT).order_by("-employee_no")[0]
    metrics = metrics_by_name(["一次解决率", "客户满意度", "转化率"])
    levels = {"一次解决率": ("0.4", "78"), "客户满意度": ("0.3", "92"), "转化率": ("0.3", "2.4")}
    lines = [LineDraft(metrics[name].pk, Decimal(weight), Decimal(target)) for name, (weight, target) in levels.items()]
    return draft_agreements(quarter, [AgreementDraft(agent, lines)], _lead(agent))


def _old_map(metrics: Mapping[str, Metric]) -> PositionMap:
    def kpi(name: str, why: str, target: str, threshold: str | None = None) -> MapKpi:
        metric = metrics[name]
        low = Decimal(threshold) if threshold else None
        return MapKpi(metric.pk, Text(metric.name, metric.name_en), Text(why), Decimal(target), low, metric.source)

    calls = (kpi("接听量", "忙不忙一眼看得到", "320"), kpi("平均通话时长", "短一些能多接几个", "4"))
    return PositionMap(
        (
            MapOutput(Text("来电接听", "Calls answered"), Text("电话有人接", "Somebody answers"), calls),
            MapOutput(
                Text("服务口碑", "Reputation"),
                Text("客户愿意推荐", "Customers recommend us"),
                (kpi("客户满意度", "客户的直接评价", "92", "86"),),
            ),
        )
    )


def _chosen() -> dict[Step, Mapping[str, Any]]:
    metrics = metrics_by_name(["接听量", "平均通话时长", "客户满意度", "一次解决率", "首次响应时长"])

    def verdict(name: str, reason: str = "", **levels: str) -> dict[str, Any]:
        keep = not reason
        return {"metric": metrics[name].pk, "keep": keep, "reason": reason, "movable": True, **levels}

    def new(name: str, why: str, target: str, threshold: str) -> dict[str, Any]:
        row = {"name": name, "metric": metrics[name].pk, "unit": metrics[name].unit, "why": why}
        return {**row, "movable": True, "target": target, "threshold": threshold}

    existing = [
        verdict("接听量", "接得多不等于办得好，同一件事打来两次也算两次"),
        verdict("平均通话时长", "催着挂电话，反而说不清，客户还会再打来"),
        verdict("客户满意度", target="92", threshold="86"),
    ]
    wanted = [
        new("一次解决率", "第一次就把问题关上，不用客户再来", "78", "70"),
        new("首次响应时长", "客户少等，响应快慢自己掌控", "25", "40"),
    ]
    sources = {name: metrics[name].source for name in ("客户满意度", "一次解决率", "首次响应时长")}
    return {Step.KPIS: {"existing": existing, "new": wanted}, Step.SOURCE: {"sources": sources}}


def _holder(position: str) -> Employee:
    """The first who holds a position, with everybody the story needs."""
    holders = Employee.objects.filter(position__name=position).order_by("employee_no")
    return holders.select_related("position", "manager", "user", "manager__user")[0]


def _lead(holder: Employee) -> Employee:
    """Who leads somebody: their manager."""
    if holder.manager is None:
        raise ValueError(f"{holder.name} reports to nobody")
    return holder.manager
