"""How metrics and their values are written on pages."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.urls import reverse

from accord.domain.periods import Period
from accord.foundation.components.wayfinding import Tab
from accord.foundation.language import readers_language
from accord.metrics.models import Metric
from accord.metrics.places import PLACES

register = template.Library()


@register.simple_tag
def metric_places(here: str) -> list[Tab]:
    """The tabs below “Metrics”; `here` is the name of the address whose tab is lit."""
    return [Tab(place.label, reverse(place.url_name), active=place.url_name == here) for place in PLACES]


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
def signed(amount: Decimal | None, metric: Metric) -> str:
    """A change with its sign and the metric's decimals, without the unit: +1,234.50, −0.35, 0.00; a dash for none."""
    if amount is None:
        return "–"
    shown = amount.quantize(Decimal(1).scaleb(-metric.decimals), rounding=ROUND_HALF_UP)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{sign}{abs(shown):,f}"


@register.filter
def period_of(key: int | None) -> str:
    """A period by its key, as people write it: 2026-W41; a dash where there is none."""
    return Period(key).label if key else "–"
