"""How metrics and their values are written on pages."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.translation import gettext_lazy as _

from accord.domain.periods import Period
from accord.foundation.language import readers_language
from accord.metrics.models import Metric

register = template.Library()
_UNITS = {"minutes": _("%s min"), "hours": _("%s h"), "days": _("%s days")}


@register.filter
def metric_name(metric: Metric) -> str:
    """The name in the reader's language, the Chinese one where there is no other."""
    return metric.name_en if readers_language() == "en" and metric.name_en else metric.name


@register.filter
def quantity(value: Decimal | None, metric: Metric) -> str:
    """A value with the metric's decimals and unit: 1,234.50 万元, 2.5%; a dash where there is none."""
    if value is None:
        return "–"
    step = Decimal(1).scaleb(-metric.decimals)
    shown = value.quantize(step, rounding=ROUND_HALF_UP)
    # Never shown as if it were another number: a value finer than the metric's decimals keeps its own.
    text = f"{shown if shown == value else value.normalize():,f}"
    return f"{text}%" if metric.is_percent else f"{text} {metric.unit}".strip()


@register.filter
def counted(value: Decimal, unit: str = "") -> str:
    """What one row counts for: 1,234.5, or 37.3 minutes where a time was measured."""
    text = f"{value.normalize():,f}"
    return str(_UNITS[unit]) % text if unit in _UNITS else text


@register.filter
def period_of(key: int | None) -> str:
    """A period by its key, as people write it: 2026-W41; a dash where there is none."""
    return Period(key).label if key else "–"
