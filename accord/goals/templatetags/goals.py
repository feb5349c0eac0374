"""How goals are written on pages."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from accord.domain.periods import Frequency, Period
from accord.domain.wording import percent
from accord.foundation.components.wayfinding import Tab
from accord.foundation.language import readers_language
from accord.goals.methods import method_name
from accord.goals.models import KpiTarget, RecommendedKpi
from accord.goals.periods import always, forever
from accord.goals.places import PLACES

register = template.Library()
register.filter("method_name", method_name)
register.filter("percent", percent)


@register.simple_tag
def goal_places(here: str) -> list[Tab]:
    """The tabs below “Goals”; `here` is the name of the address whose tab is lit."""
    return [Tab(place.label, reverse(place.url_name), active=place.url_name == here) for place in PLACES]


@register.filter
def in_language(named: object) -> str:
    """The name of a position, family or output in the reader's language, its Chinese name where it has no other."""
    english = getattr(named, "name_en", "")
    return english if english and readers_language() == "en" else getattr(named, "name", "")


@register.filter
def reason(kpi: RecommendedKpi) -> str:
    """Why a KPI is recommended, in the reader's language."""
    return kpi.reason if readers_language() == "zh-hans" or not kpi.reason_en else kpi.reason_en


@register.filter
def span(target: KpiTarget) -> str:
    """From when to when a target holds; empty when it always does."""
    frequency = Frequency(target.from_period // 1_000_000)
    first = Period(target.from_period).label if target.from_period != always(frequency) else ""
    last = Period(target.to_period).label if target.to_period != forever(frequency) else ""
    if first and last:
        return gettext("%(first)s to %(last)s") % {"first": first, "last": last} if first != last else first
    if first:
        return gettext("from %(first)s") % {"first": first}
    return gettext("until %(last)s") % {"last": last} if last else ""
