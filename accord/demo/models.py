"""The assessment models of 远航电商: what each position is assessed by, in the weights and targets its people have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accord.demo.clock import Calendar, Story, at
from accord.demo.paperwork import Desk
from accord.demo.targets import QUOTAS
from accord.domain.assessment_model import Dimension, Item, Model
from accord.domain.wording import Text
from accord.goals.models import AssessmentModel, AssessmentModelVersion, RecommendedKpi
from accord.metrics.models import Metric
from accord.people.models import Position
from accord.workflow.models import Definition, Flow
from accord.workflow.services.versions import (
    create_definition,
    new_draft,
    publish,
    save_draft,
    save_settings,
    submit_for_approval,
)

_ROOM = Decimal("0.1")
_RESULT, _QUALITY = Text("业绩结果", "Results"), Text("过程质量", "Quality of work")


@dataclass(frozen=True)
class Rule:
    """A KPI that is not scored by its completion ratio."""

    method: str
    params: Mapping[str, Any]
    threshold: str | None = None
    stretch: str | None = None


RULES: dict[tuple[str, str], Rule] = {
    ("店铺运营", "GMV"): Rule("threshold_target_stretch", {}, threshold="20", stretch="32"),
    ("客服专员", "首次响应时长"): Rule("threshold_target_stretch", {}, threshold="45", stretch="15"),
    ("客服专员", "客户满意度"): Rule(
        "step_bands",
        {
            "bands": [
                {"from": "80", "score": "60"},
                {"from": "88", "score": "80"},
                {"from": "92", "score": "100"},
                {"from": "96", "score": "120"},
            ]
        },
    ),
    ("销售代表", "回款率"): Rule("difference", {"unit": "1", "points_per_unit": "4"}),
    ("后端工程师", "线上缺陷数"): Rule("deduction", {"full": "120", "per_event": "7", "floor": "0"}),
}
_CREDITS = {("店铺运营", "客单价"): "YH0005", ("客服专员", "一次解决率"): "YH0052"}
_POSITIONS = ("店铺运营", "客服专员", "销售代表", "用户运营", "广告投放", "后端工程师", "采购专员")


def tell_of_models(desk: Desk, calendar: Calendar, opening: date, today: date) -> None:
    """Let the stories of the models begin."""
    calendar.add(_first_versions(desk, opening))
    calendar.add(_second_version(desk, today - timedelta(weeks=6)))
    calendar.add(_waiting_version(desk, today - timedelta(days=2)))


def _first_versions(desk: Desk, opening: date) -> Story:
    """One model a position, published before the first quarter begins."""
    yield at(opening, 15)
    for name in _POSITIONS:
        position = Position.objects.get(name=name)
        about = {"code": f"model-{position.pk}", "purpose": "看得懂每一项怎么算分，也看得到是谁提的。"}
        model = create_definition("model", f"{name}考核模型", desk.designer, **about)
        AssessmentModel.objects.get(pk=model.pk).positions.add(position)
        draft = _draft(model)
        save_draft(draft, _body(position), draft.revision, desk.designer, "按岗位地图起草。")
        publish(_draft(model), desk.designer)


def _second_version(desk: Desk, on: date) -> Story:
    """Store operations: after the workshop, basket value is in with its author credited, and GMV has a stretch."""
    yield at(on, 16)
    model = AssessmentModel.objects.get(positions__name="店铺运营")
    draft = new_draft(model, desk.designer)
    body = _body(Position.objects.get(name="店铺运营"), RULES, _CREDITS)
    save_draft(draft, body, draft.revision, desk.designer, "指标共建后：GMV 设挑战值，客单价由张晓雨提出。")
    publish(_draft(model), desk.designer)


def _waiting_version(desk: Desk, on: date) -> Story:
    """Customer service: response time is to weigh more; the draft waits for the management's approval."""
    yield at(on, 10)
    model = AssessmentModel.objects.get(positions__name="客服专员")
    model.approval_flow = Flow.objects.get(code="publication")
    save_settings(model, desk.designer)
    draft = new_draft(model, desk.designer)
    body = _body(Position.objects.get(name="客服专员"), RULES, _CREDITS, {"首次响应时长": "0.4", "一次解决率": "0.3"})
    save_draft(draft, body, draft.revision, desk.designer, "客户最在意响应速度：首次响应提到 40%，满意度改按区间计分。")
    submit_for_approval(_draft(model), desk.designer)


def _body(
    position: Position,
    rules: Mapping[tuple[str, str], Rule] | None = None,
    credits_: Mapping[tuple[str, str], str] | None = None,
    weights: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The company's own weights and targets as a model: results first, the rest below quality of work."""
    names = [name for name, _weight, _target in QUOTAS[position.name]]
    metrics = {metric.name: metric for metric in Metric.objects.filter(name__in=names)}
    items = []
    for name, weight, target in QUOTAS[position.name]:
        rule = (rules or {}).get((position.name, name), Rule("completion_ratio", {}))
        share = Decimal((weights or {}).get(name, str(weight)))
        items.append(
            Item(
                metrics[name].pk,
                share,
                Decimal(str(target)),
                weight_min=max(share - _ROOM, Decimal("0.05")),
                weight_max=min(share + _ROOM, Decimal(1)),
                method=rule.method,
                params=rule.params,
                threshold=(rule.threshold and Decimal(rule.threshold)) or None,
                stretch=(rule.stretch and Decimal(rule.stretch)) or None,
                why=_why(position, name),
                author=(credits_ or {}).get((position.name, name)),
            )
        )
    dimensions = [Dimension("result", _RESULT, tuple(items[:2])), Dimension("quality", _QUALITY, tuple(items[2:]))]
    return Model(tuple(each for each in dimensions if each.items)).as_json()


def _why(position: Position, metric: str) -> str:
    known = RecommendedKpi.objects.filter(core_output__position=position, metric__name=metric).first()
    return known.reason if known else ""


def _draft(model: Definition) -> AssessmentModelVersion:
    return AssessmentModelVersion.objects.get(assessment_model=model.pk, state="draft")
