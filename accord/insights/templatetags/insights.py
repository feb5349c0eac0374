"""Signs of the boards: counts of lights, a KPI's last periods, a cell of the heat map."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.foundation.components.charts import Distribution, HeatMap, LightCourse
from accord.foundation.components.signs import Mark, delta, heat, light, light_strip
from accord.insights.queries.boards.age import DataAge
from accord.insights.queries.boards.counting import Tally
from accord.insights.queries.boards.drawings import course_drawing, history_drawing, on_track, spread_drawing
from accord.insights.queries.boards.units import History, UnitBoard
from accord.insights.queries.boards.words import age_text, attained, period_list
from accord.insights.queries.lights import KpiLight
from accord.insights.queries.teams import Counts
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name
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
    return heat(kpi.light, f"{metric_name(kpi.metric)} {attained(kpi)}" if named else attained(kpi), url)


@register.simple_tag
def tally_cell(tally: Tally | None, url: str = "", metric: Metric | None = None) -> SafeString:
    """A group on the tint of its light: how many of how many are on track, named by a metric where its column does not;
    nothing where nobody has the metric.
    """
    if tally is None:
        return SafeString()
    return heat(tally.light, f"{metric_name(metric)} {on_track(tally)}" if metric else on_track(tally), url)


@register.simple_tag
def tally_light(tally: Tally) -> SafeString:
    """The light of a group with its usual word."""
    return light(tally.light)


@register.simple_tag
def change_note(now: int, then: Tally | None, colour: str, word: str) -> SafeString:
    """How many more or fewer than in a period before: fewer off track is good, fewer on track is not."""
    if then is None:
        return SafeString()
    step = now - getattr(then, colour)
    if not step:
        return delta(_("%(word)s ±0") % {"word": word}, "flat")
    way, good = ("up" if step > 0 else "down"), (step > 0) == (colour == "green")
    return delta(
        _("%(word)s %(step)s") % {"word": word, "step": f"{step:+d}"}, way, None if colour == "yellow" else good
    )


@register.filter
def share_of(part: int, whole: int) -> str:
    """A part as whole percents; a dash of nothing."""
    return f"{100 * part / whole:.0f}%" if whole else "–"


@register.filter
def data_until(age: DataAge) -> str:
    """Until when a board has data, and what lags behind."""
    return age_text(age)


@register.simple_tag(takes_context=True)
def filtered_by(context: Context, **changes: object) -> str:
    """The query of this page with some filters set, or taken out where empty; links stay shareable."""
    query = context["request"].GET.copy()
    for name, value in {"page": "", "as": "", **changes}.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def query_for(**filters: object) -> str:
    """A query of its own, of the filters that are set."""
    chosen = {name: value for name, value in filters.items() if value not in ("", None)}
    return f"?{urlencode(chosen)}" if chosen else ""


@register.filter
def at(items: Sequence[Any], place: int) -> Any:
    """The item of a list at a place: two lists that run side by side."""
    return items[place]


@register.simple_tag
def spread_of(board: UnitBoard) -> Distribution:
    """The distribution of attainment, for its chart."""
    return spread_drawing(board, _("KPIs"))


@register.simple_tag
def course_of(board: UnitBoard) -> LightCourse:
    """The lights over thirteen periods, for their chart."""
    return course_drawing(board)


@register.simple_tag
def history_map(history: History) -> HeatMap:
    """One metric by unit and period, for its chart."""
    return history_drawing(history, pgettext("organisation", "Unit"))


@register.simple_tag
def light_note(kpi: KpiLight) -> SafeString:
    """The light of a KPI, as the note of a figure."""
    return light(kpi.light)


register.filter(period_list)
