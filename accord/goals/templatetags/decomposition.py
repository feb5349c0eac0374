"""How a decomposition is written on its page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.utils.safestring import SafeString

from accord.domain.decomposition.bases import rounded
from accord.domain.wording import trimmed
from accord.foundation.components.signs import delta
from accord.goals.queries.decomposition.planning import WhatIf
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import quantity

register = template.Library()


@register.filter
def figure(value: Fraction | Decimal | None, metric: Metric) -> str:
    """A number with the metric's decimals, without its unit; ≈ before one that is finer than it is shown."""
    if value is None:
        return "–"
    exact = Fraction(value)
    shown = rounded(exact, metric.decimals)
    return f"{'' if Fraction(shown) == exact else '≈'}{shown:,f}"


@register.filter
def typed(value: Decimal | None) -> str:
    """A number as somebody typed it, for the field it came from."""
    return "" if value is None else trimmed(value)


@register.filter
def amount(value: Decimal | None, metric: Metric) -> str:
    """A value with its unit, in the metric's decimals."""
    return quantity(value.normalize() if value is not None else None, metric)


@register.simple_tag
def changed(value: Decimal | None, metric: Metric) -> SafeString | str:
    """By how much more or less than as stored."""
    if value is None or not value:
        return "–"
    step = Decimal(1).scaleb(-metric.decimals)
    return delta(f"{value.quantize(step, ROUND_HALF_UP):+,f}", "up" if value > 0 else "down")


@register.filter
def than(value: Decimal, other: Decimal | None) -> str:
    """How much more one number is than another, in percent: +7.1%; empty without the other."""
    if not other:
        return ""
    return f"{((value - other) * 100 / other).quantize(Decimal('0.1'), ROUND_HALF_UP):+f}%"


@register.filter
def slid(what_if: WhatIf, metric: Metric) -> str:
    """Where the slider of a factor stands."""
    return f"{what_if.factors.get(metric.pk, Decimal(0)):f}"


@register.filter
def as_treemap(areas: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The picture: nested areas, the larger the more."""
    label = {"show": True, "color": "#fff", "overflow": "truncate", "formatter": "{b}\n{c}"}
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}: {c}"},
        "series": [
            {
                "type": "treemap",
                "data": list(areas),
                "roam": False,
                "nodeClick": False,
                "breadcrumb": {"show": False},
                "left": 0,
                "right": 0,
                "top": 0,
                "bottom": 0,
                "label": label,
                "upperLabel": {
                    "show": True,
                    "height": 26,
                    "formatter": "{b}",
                    "color": "var(--text)",
                    "fontWeight": 500,
                },
                "itemStyle": {"borderColor": "var(--surface)", "borderWidth": 0, "gapWidth": 2},
                "levels": [
                    {"itemStyle": {"gapWidth": 6}, "upperLabel": {"show": False}},
                    {"itemStyle": {"gapWidth": 2, "borderWidth": 2}},
                    {"itemStyle": {"gapWidth": 1, "borderWidth": 1}},
                ],
            }
        ],
    }
