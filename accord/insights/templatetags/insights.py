"""Signs of the boards: counts of lights, a KPI's last periods, a cell of the heat map."""

import math
from collections.abc import Mapping

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.domain.periods import Frequency, Period
from accord.foundation.components.signs import Mark, heat, light, light_strip
from accord.insights.queries.lights import KpiLight
from accord.insights.queries.teams import Counts
from accord.metrics.templatetags.metrics import metric_name, quantity
from accord.people.models import Employee

register = template.Library()


@register.simple_tag
def counts_bar(counts: Counts) -> SafeString:
    """How many KPIs shine in which colour, each with dot and word; colours that do not occur are left out."""
    parts = [(1, counts.red, _("off track")), (2, counts.yellow, _("at risk")), (3, counts.green, _("on track"))]
    parts.append((0, counts.grey, _("no value yet")))
    shown = [
        light(code or None, _("%(many)s %(word)s") % {"many": many, "word": word}) for code, many, word in parts if many
    ]
    return format_html('<span class="light-counts">{}</span>', SafeString("".join(shown)))


@register.simple_tag
def light_marks(kpi: KpiLight) -> SafeString:
    """The last thirteen periods of a KPI as small marks."""
    return light_strip(Mark(status.light if status else None, str(period)) for period, status in kpi.history)


@register.simple_tag
def heat_cell(kpi: KpiLight, employee: Employee, named: bool = False) -> SafeString:
    """One KPI of one person: attainment on the tint of its light, leading to their page; `named` by its metric."""
    url = f"{reverse('insights:person', args=[employee.pk])}#kpi-{kpi.kpi.pk}"
    return heat(kpi.light, f"{metric_name(kpi.metric)} {_attained(kpi)}" if named else _attained(kpi), url)


@register.simple_tag
def light_note(kpi: KpiLight) -> SafeString:
    """The light of a KPI, as the note of a figure."""
    return light(kpi.light)


@register.filter
def period_list(periods: Mapping[Frequency, Period]) -> str:
    """The newest periods of a board, in words of the reader's language."""
    return _(", ").join(period.label for period in periods.values())


def _attained(kpi: KpiLight) -> str:
    if kpi.status is None:
        return "–"
    if kpi.attainment is None:
        return quantity(kpi.status.value, kpi.metric)
    # Rounded down: what missed its target never reads 100 %, and what is yellow never 95 %.
    return f"{math.floor(kpi.attainment * 100)}%"
