"""Two versions of a model in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from accord.domain.assessment_model import Dimension, Item, Model, differences
from accord.domain.wording import LANGUAGES, Language, Text

NAMES = {1: Text("订单量", "Orders"), 2: Text("转化率", "Conversion"), 3: Text("复购率")}
ORDERS = Item(1, Decimal("0.6"), Decimal(26), why="带来收入")
CONVERSION = Item(2, Decimal("0.4"), Decimal("2.4"))
OLD = Model((Dimension("result", Text("业绩结果"), (ORDERS, CONVERSION)),))


def with_items(*items: Item) -> Model:
    return Model((Dimension("result", Text("业绩结果"), items),))


def said(old: Model, new: Model, language: Language = "zh-hans") -> list[str]:
    for each in differences(old, new, NAMES):
        assert all("{" not in each.explain(one) for one in LANGUAGES)
    return [each.explain(language) for each in differences(old, new, NAMES)]


def test_the_same_says_nothing() -> None:
    assert said(OLD, OLD) == []


def test_numbers_are_told_as_people_write_them() -> None:
    changed = replace(
        ORDERS, weight=Decimal("0.5"), weight_min=Decimal("0.4"), target=Decimal(28), target_max=Decimal(30)
    )
    assert said(OLD, with_items(changed, CONVERSION)) == [
        "“订单量”的权重由 60% 改为 50%。",
        "“订单量”的权重范围设为 40% 至 不限。",
        "“订单量”的目标值由 26 改为 28。",
        "“订单量”的目标值范围设为 不限 至 30。",
    ]
    assert "“订单量”取消权重范围（原为 40% 至 不限）。" in said(with_items(changed, CONVERSION), OLD)


def test_another_method_is_told_with_what_is_particular_about_it() -> None:
    bands = ({"from": "90", "score": "60"}, {"from": "100", "score": "100"})
    changed = replace(ORDERS, method="step_bands", params={"bands": list(bands)}, threshold=Decimal(20))
    assert said(OLD, with_items(changed, CONVERSION)) == [
        "“订单量”的门槛值设为 20。",
        "“订单量”的评分方法由 完成率法 改为 区间法。",
        "“订单量”的区间设为 90 起 60 分、100 起 100 分。",
    ]


def test_parameters_are_compared_with_what_holds_without_them() -> None:
    capped = replace(ORDERS, params={"cap": "150", "zero_below": "60", "down_formula": "inverse"})
    assert said(OLD, with_items(capped, CONVERSION)) == [
        "“订单量”的得分上限由 120 改为 150。",
        "“订单量”的低于此完成率记 0 分设为 60。",
        "“订单量”的反向指标算法由 2 − 实际 ÷ 目标 改为 目标 ÷ 实际。",
    ]
    assert said(with_items(replace(ORDERS, params={"cap": "120"}), CONVERSION), OLD) == []


def test_kpis_come_go_and_move() -> None:
    new = Model(
        (
            Dimension("growth", Text("成长", "Growth"), (Item(3, Decimal("0.2"), Decimal(25)), CONVERSION)),
            Dimension("result", Text("结果", "Results")),
        )
    )
    assert said(OLD, new) == [
        "新增维度“成长”。",
        "维度“业绩结果”改名为“结果”。",
        "新增“复购率”（成长，权重 20%）。",
        "“转化率”由“业绩结果”移到“成长”。",
        "删除“订单量”（权重 60%）。",
    ]
    assert said(new, OLD, "en")[0] == "The dimension “Growth” is removed."
    turned = Model(new.dimensions[::-1])
    assert said(new, turned)[0] == "维度顺序改为：结果、成长。"


def test_words_credit_form_and_flow() -> None:
    changed = replace(ORDERS, why="", author="YH0005")
    new = replace(with_items(changed, CONVERSION), form="monthly")
    assert said(OLD, new) == ["“订单量”删除了设置理由。", "“订单量”署名提出人 YH0005。", "考核表单由 无 改为 monthly。"]
    assert said(OLD, replace(OLD, missing="zero")) == ["有指标缺分时，由“暂不汇总”改为“按 0 分计”。"]
    assert said(new, replace(OLD, flow="yearly")) == [
        "“订单量”的设置理由改为：带来收入",
        "“订单量”不再署名提出人 YH0005。",
        "考核表单由 monthly 改为 无。",
        "考核流程由 无 改为 yearly。",
    ]
