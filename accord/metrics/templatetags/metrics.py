"""How metrics and their values are written on pages."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accord.domain.periods import Period
from accord.domain.row_mapping import explain_refusal
from accord.foundation.components.wayfinding import Tab
from accord.foundation.error_catalogue import told
from accord.foundation.language import readers_language
from accord.metrics.data_age import DataAge, age_of
from accord.metrics.forms.wordings import lookup_words, matched_by, rule_words
from accord.metrics.models import Metric, SyncRun
from accord.metrics.places import PLACES
from accord.people.access import Actor

register = template.Library()
register.filter("matched_by", matched_by)
register.filter("rule_words", rule_words)
register.filter("lookup_words", lookup_words)
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
def signed(amount: Decimal | None, metric: Metric) -> str:
    """A change with its sign and the metric's decimals, without the unit: +1,234.50, −0.35, 0.00; a dash for none."""
    if amount is None:
        return "–"
    shown = amount.quantize(Decimal(1).scaleb(-metric.decimals), rounding=ROUND_HALF_UP)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{sign}{abs(shown):,f}"


@register.simple_tag
def unit_of(metric: Metric) -> str:
    """The unit of a column of bare numbers, behind its name, such as （万元）; nothing where there is none."""
    return gettext(" (%(unit)s)") % {"unit": metric.unit} if metric.unit else ""


@register.filter
def counted(value: Decimal, unit: str = "") -> str:
    """What one row counts for: 1,234.5, or 37.3 minutes where a time was measured."""
    text = f"{value.normalize():,f}"
    return str(_UNITS[unit]) % text if unit in _UNITS else text


@register.filter
def period_of(key: int | None) -> str:
    """A period by its key, as people write it: 2026-W41; a dash where there is none."""
    return Period(key).label if key else "–"


@register.simple_tag
def metric_places(actor: Actor, here: str) -> list[Tab]:
    """The tabs below “Metrics” that `actor` may open; `here` is the name of the address whose tab is lit."""
    open_to = (place for place in PLACES if place.may_open(actor))
    return [Tab(place.label, reverse(place.url_name), active=place.url_name == here) for place in open_to]


@register.filter
def failure(kept: Mapping[str, Any] | None) -> dict[str, str]:
    """Why a source could not be read and what to do, of what was kept of the error."""
    sentence, hint = told(str(kept.get("code")), kept.get("values") or {}) if kept else ("", "")
    return {"sentence": sentence, "hint": hint}


@register.filter
def refusal(kept: Mapping[str, Any]) -> str:
    """Why a row could not count."""
    return explain_refusal(str(kept.get("code")), kept.get("values") or {}, readers_language())


@register.filter
def duration(run: SyncRun) -> str:
    """How long a run took, in whole seconds or minutes."""
    seconds = round((run.ended_at - run.started_at).total_seconds()) if run.ended_at else 0
    if seconds < 120:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    return ngettext("%(count)s minute", "%(count)s minutes", seconds // 60) % {"count": seconds // 60}


@register.inclusion_tag("metrics/data_age.html")
def data_age(metric: Metric, age: DataAge | None = None) -> dict[str, Any]:
    """“Data until 5 Nov”, and why it is old where its source fails. Pages of many metrics read all ages at once and
    hand each over as `age`.
    """
    return {"age": age or age_of(metric)}
