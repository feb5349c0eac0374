"""Invented figures for the style page, in the words of a trading company."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accord.foundation.components.charts import Trend
from accord.foundation.components.signs import Mark
from accord.foundation.components.wayfinding import Tab

WEEKS = [f"W{week}" for week in range(29, 42)]
CONVERSION = [2.31, 2.28, 2.35, 2.30, 2.12, 1.94, None, 1.71, 1.78, 2.02, 2.21, 2.29, 2.33]
LIGHTS = ["green", "green", "green", "green", "yellow", "yellow", "grey", "red", "red", "yellow", "green", "green", "green"]
TARGET = [2.3] * 13


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name"), max_length=40)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False, help_text=_("Two sentences are enough."))
    unit = forms.ChoiceField(label=_("Unit"), choices=[("east", _("East China")), ("south", _("South China"))])
    share = forms.DecimalField(label=_("Weight"), min_value=0, max_value=100)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(
        label=_("Meeting"), widget=forms.RadioSelect, choices=[("room", _("In a room")), ("call", _("By phone"))]
    )
    quiet = forms.BooleanField(label=_("Only in the daily digest"), required=False)
    file = forms.FileField(label=_("File"), required=False, help_text=_("xlsx or csv, up to 100 MB"))


def sample_context(request: HttpRequest) -> dict[str, Any]:
    """Return everything `foundation/style.html` shows."""
    wrong = SampleForm({"name": "", "note": "", "unit": "east", "share": "140", "day": "2026-02-30", "way": "room"})
    wrong.is_valid()
    return {
        "form": SampleForm(),
        "wrong_form": wrong,
        "trend": Trend(
            WEEKS, _("Conversion rate"), CONVERSION, LIGHTS, _("Target"), TARGET,
            _("Attention"), [1.725] * 13, [2.185] * 13, "%", 2,
        ),
        "bars": _bars(),
        "marks": [Mark(light, f"2026-{week}") for light, week in zip(LIGHTS, WEEKS, strict=True)],
        "values": CONVERSION,
        "page": Paginator(range(463), 20).page(request.GET.get("page", 5)),
        "tabs": [Tab(_("Overview"), "?", active=True), Tab(_("Team"), "?team", count=12), Tab(_("History"), "?history")],
        "people": ["王小明", "李经理", "陈雨桐", "欧阳若兰", "赵磊", "Ada Lovelace", "Grace Hopper", "周"],
        "team": _team(),
        "lights": ["green", "yellow", "red", None],
        "navigation": _navigation(),
        "unread_notifications": 3,
        "search_url": "/people/",
    }  # fmt: skip


def _navigation() -> list[list[dict[str, Any]]]:
    places = [
        [(_("Today"), "home", 2), (_("Goals"), "target", 0), (_("Metrics"), "chart-line", 0), (_("Talks"), "messages", 1),
         (_("Growth"), "seedling", 0)],
        [(_("People"), "users", 0), (_("Imports"), "file-import", 0), (_("Jobs"), "activity", 0)],
    ]  # fmt: skip
    return [
        [
            {"label": label, "icon": sign, "badge": badge, "url": f"?{sign}", "active": sign == "home"}
            for label, sign, badge in group
        ]
        for group in places
    ]


def _team() -> list[dict[str, Any]]:
    rows = [
        ("王小明", _("Sales representative"), ["green", "green", "yellow", "green"], ["102%", "98%", "88%", "1.2"]),
        ("陈雨桐", _("Operations"), ["yellow", "red", "red", "green"], ["91%", "63%", "1.78%", "0.9"]),
        ("赵磊", _("Technical support"), ["green", None, "green", "yellow"], ["97%", "–", "4.7", "2.6 h"]),
    ]
    return [
        {"name": name, "position": position, "cells": list(zip(lights, values, strict=True))}
        for name, position, lights, values in rows
    ]


def _bars() -> dict[str, Any]:
    axis = {"axisTick": {"show": False}, "axisLabel": {"color": "var(--text-muted)"}}
    return {
        "grid": {"left": 0, "right": 8, "top": 12, "bottom": 0, "outerBoundsMode": "same"},
        "xAxis": {"type": "category", "data": ["7", "8", "9", "10"], "axisLine": {"lineStyle": {"color": "var(--line)"}}, **axis},
        "yAxis": {"type": "value", "splitLine": {"lineStyle": {"color": "var(--line)"}}, **axis},
        "series": [
            {"type": "bar", "name": "Q3", "data": [62, 71, 80, 89], "barMaxWidth": 22, "itemStyle": {"borderRadius": 5}}
        ],
    }
