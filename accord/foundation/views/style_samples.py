"""Invented figures for the style page, in Chinese: a specimen, not a part of the interface."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from accord.foundation.components.charts import Distribution, HeatMap, LightCourse, Step, TreeNode, Trend
from accord.foundation.components.signs import Mark
from accord.foundation.components.wayfinding import Tab

WEEKS = [f"W{week}" for week in range(29, 42)]
CONVERSION = [2.31, 2.28, 2.35, 2.30, 2.12, 1.94, None, 1.71, 1.78, 2.02, 2.21, 2.29, 2.33]
LIGHTS = [{"g": "green", "y": "yellow", "r": "red", "-": "grey"}[sign] for sign in "ggggyy-rryggg"]
TARGET = [2.3] * 13
WORDS = {"red": "偏离", "yellow": "需关注", "green": "正常", "grey": "暂无数值"}
HEAT = [
    [("green", "9/9"), ("green", "9/9"), ("yellow", "8/9"), ("red", "6/9"), ("red", "5/9"), ("yellow", "8/9")],
    [("green", "6/6"), ("green", "6/6"), ("green", "6/6"), ("green", "6/6"), ("grey", "–"), ("green", "6/6")],
    [("yellow", "7/8"), ("green", "8/8"), ("green", "8/8"), ("green", "8/8"), ("green", "8/8"), ("red", "5/8")],
]
COUNTS = [0, 0, 1, 1, 2, 4, 5, 3, 2, 2, 1, 0, 1]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="姓名", max_length=40)
    note = forms.CharField(label="说明", widget=forms.Textarea, required=False, help_text="两句话即可。")
    unit = forms.ChoiceField(label="部门", choices=[("east", "华东组"), ("south", "华南组")])
    share = forms.DecimalField(label="权重", min_value=0, max_value=100)
    day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(label="沟通方式", widget=forms.RadioSelect, choices=[("room", "面谈"), ("call", "电话")])
    quiet = forms.BooleanField(label="只放进每日汇总", required=False)
    file = forms.FileField(label="文件", required=False, help_text="支持 xlsx、csv，不超过 100 MB")


def sample_context(request: HttpRequest) -> dict[str, Any]:
    """Return everything `foundation/style.html` shows."""
    typed = {"unit": "east", "share": "140", "day": "2026-02-30", "way": "room"}
    wrong = SampleForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")
    wrong.is_valid()
    return {
        "form": SampleForm(),
        "wrong_form": wrong,
        "trend": Trend(
            WEEKS, "转化率", CONVERSION, LIGHTS, "目标", TARGET,
            "关注区间", [1.725] * 13, [2.185] * 13, "%", 2,
        ),
        "marks": [Mark(light, f"2026-{week}") for light, week in zip(LIGHTS, WEEKS, strict=True)],
        "page": Paginator(range(463), 20).get_page(request.GET.get("page", 5)),
        "tabs": [Tab("概览", "?", active=True), Tab("团队", "?team", count=12), Tab("变更记录", "?history")],
        "people": ["王小明", "李经理", "陈雨桐", "欧阳若兰", "赵磊", "Ada Lovelace", "Grace Hopper", "周"],
        "team": _team(),
        "navigation": _navigation(),
        "unread_notifications": 3,
        "search_url": "/people/",
    } | _charts()  # fmt: skip


def _charts() -> dict[str, Any]:
    return {**_lights(), "bars": _bars(), "steps": _steps(), "falling": _falling(), "driver_tree": _driver_tree()}


def _lights() -> dict[str, Any]:
    return {
        "marks": [Mark(light, f"2026-{week}") for light, week in zip(LIGHTS, WEEKS, strict=True)],
        "values": CONVERSION,
        "lights": ["green", "yellow", "red", None],
        "heat_map": HeatMap(["直销组", "渠道组", "售前组"], WEEKS[-6:], HEAT, WORDS, "部门"),
        "spread": Distribution(
            ["< 50%", "50–75%", "75–95%", "95–105%", "≥ 105%"],
            ["red", "red", "yellow", "green", "green"],
            [1, 2, 4, 9, 7],
            "项数",
            WORDS,
        ),
        "light_course": LightCourse(
            WEEKS, {"red": COUNTS, "yellow": COUNTS[::-1], "green": [20] * 13, "grey": [0] * 13}, WORDS
        ),
    }


def _navigation() -> list[list[dict[str, Any]]]:
    places = [
        [("今天", "home", 2), ("目标", "target", 0), ("数据", "chart-line", 0), ("对话", "messages", 1),
         ("成长", "seedling", 0)],
        [("组织", "users", 0), ("导入", "file-import", 0), ("任务", "activity", 0)],
    ]  # fmt: skip
    return [
        [
            {"label": label, "icon": sign, "badge": badge, "url": f"?{sign}", "active": sign == "home"}
            for label, sign, badge in group
        ]
        for group in places
    ]


def _steps() -> list[Step]:
    return [
        Step("目标", 2000, "2,000", "level"),
        Step("访客数", 84.2, "+84.2", good=True),
        Step("转化率", -396.4, "−396.4", good=False),
        Step("客单价", 31.9, "+31.9", good=True),
        Step("未解释", -3.7, "−3.7", "rest"),
        Step("实际", 1716, "1,716", "level"),
    ]


def _falling() -> list[Step]:
    """A measure of which less is better, that crosses nought."""
    return [
        Step("上期", 12, "12 万", "level"),
        Step("退款", -20, "−20 万", good=True),
        Step("补偿", 3, "+3 万", good=False),
        Step("实际", -5, "−5 万", "level"),
    ]


def _driver_tree() -> TreeNode:
    rate = TreeNode("转化率", "1.78%", "red", "2.30%", "−396.4", False, [
        TreeNode("加购率", "6.1%", "red", "8.0%", "−401.2", False),
        TreeNode("支付率", "29.2%", "green", "28.8%", "+4.8", True),
    ])  # fmt: skip
    leaves = [
        TreeNode("访客数", "48.2 万", "green", "46.0 万", "+84.2", True),
        rate,
        TreeNode("客单价", "200 元", "yellow", "", "+31.9", True),
    ]
    return TreeNode("GMV", "1,716 万元", "yellow", "2,000 万元", "−284.0", False, leaves)


def _team() -> list[dict[str, Any]]:
    rows: list[tuple[str, str, list[tuple[str | None, str]]]] = [
        ("王小明", "销售代表", [("green", "102%"), ("green", "98%"), ("yellow", "88%"), ("green", "1.2")]),
        ("陈雨桐", "运营", [("yellow", "91%"), ("red", "63%"), ("red", "1.78%"), ("green", "0.9")]),
        ("赵磊", "技术支持", [("green", "97%"), (None, "–"), ("green", "4.7"), ("yellow", "2.6 h")]),
    ]
    return [{"name": name, "position": position, "cells": cells} for name, position, cells in rows]


def _bars() -> dict[str, Any]:
    axis = {"axisTick": {"show": False}, "axisLabel": {"color": "var(--text-muted)"}}
    line = {"lineStyle": {"color": "var(--line)"}}
    return {
        "grid": {"left": 0, "right": 8, "top": 12, "bottom": 0, "outerBoundsMode": "same"},
        "xAxis": {"type": "category", "data": ["7", "8", "9", "10"], "axisLine": line, **axis},
        "yAxis": {"type": "value", "splitLine": line, **axis},
        "series": [
            {"type": "bar", "name": "Q3", "data": [62, 71, 80, 89], "barMaxWidth": 22, "itemStyle": {"borderRadius": 5}}
        ],
    }
