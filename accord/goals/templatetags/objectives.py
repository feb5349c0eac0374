"""How objectives and key results are written on pages."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.domain.objectives import Part
from accord.domain.wording import percent, trimmed
from accord.foundation.components.signs import light_code
from accord.goals.access.objectives import Rights
from accord.goals.models import KeyResult, KeyResultCheckIn, KeyResultKpi, Objective
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name, quantity

register = template.Library()
register.filter("plain", trimmed)


@register.filter
def whose(objective: Objective) -> str:
    """The name of the person or unit."""
    subject = objective.employee or objective.org_unit
    return subject.name if subject else ""


@register.filter
def is_companys(objective: Objective) -> bool:
    """Whether it is an objective of the root unit."""
    return objective.org_unit is not None and objective.org_unit.parent_id is None


@register.filter
def movable_by(objective: Objective, rights: Rights) -> bool:
    """Whether somebody may place it elsewhere."""
    return objective.state == Objective.State.OPEN and rights.may_change(objective)


@register.filter
def kr_value(result: KeyResult, value: Decimal | None) -> str:
    """A value of a key result with its unit; a dash where there is none."""
    if value is None:
        return "–"
    if result.kind == KeyResult.Kind.MILESTONE:
        return percent(value)
    if result.metric:
        return quantity(value, result.metric)
    text = f"{value.normalize():,f}"
    return f"{text}%" if result.unit == "%" else f"{text} {result.unit}".strip()


@register.filter
def kr_way(result: KeyResult) -> str:
    """What a key result is about in numbers: “from 22% up to 28%”, “no more than 2 小时”, “to be completed”."""
    given = {"start": kr_value(result, result.start), "target": kr_value(result, result.target)}
    words = {
        KeyResult.Kind.INCREASE: _("from %(start)s up to %(target)s"),
        KeyResult.Kind.DECREASE: _("from %(start)s down to %(target)s"),
        KeyResult.Kind.KEEP_ABOVE: _("no less than %(target)s"),
        KeyResult.Kind.KEEP_BELOW: _("no more than %(target)s"),
        KeyResult.Kind.MILESTONE: _("to be completed"),
    }
    return words[KeyResult.Kind(result.kind)] % given


@register.filter
def line_value(line: KeyResultCheckIn) -> str:
    """The value that a check-in says, with the unit of its key result."""
    return kr_value(line.key_result, line.value)


@register.filter
def kpi_level(kpi: KeyResultKpi) -> str:
    """A KPI with its level: 售后响应时间 ≤ 2 小时. The sign follows the direction of the metric."""
    name = metric_name(kpi.metric)
    if kpi.target is None:
        return name
    sign = "≤" if kpi.metric.direction == Metric.Direction.DOWN else "≥"
    return f"{name} {sign} {quantity(kpi.target, kpi.metric)}"


@register.filter
def hundred(share: Decimal | None) -> Decimal | None:
    """A share of 1 out of 100, for a bar; None stays."""
    return None if share is None else share * 100


@register.simple_tag
def okr_bar(part: Part, closed: bool = False) -> SafeString:
    """How far something came, as a bar with a mark where it should be by now, and the percentage."""
    if part.progress is None:
        return format_html('<span class="okr-progress is-empty">{}</span>', _("No value yet"))
    done, due = f"{part.progress * 100:.0f}", f"{part.due * 100:.1f}"
    light = "" if closed or part.light is None else f" light-{light_code(part.light)}"
    mark = "" if closed else format_html('<rect class="okr-bar-due" x="{}" width="0.8" height="8"></rect>', due)
    return format_html(
        '<span class="okr-progress{}"><svg class="okr-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><rect class="okr-bar-done" width="{}" height="8"></rect>{}</svg>'
        '<span class="okr-progress-value">{}%</span></span>',
        light,
        part_title(part.progress, part.due),
        done,
        mark,
        done,
    )


@register.simple_tag
def part_title(progress: Decimal | None, due: Decimal) -> str:
    """What a bar says: how far it came, and how far it should be by now."""
    if progress is None:
        return _("No value yet")
    given = {"progress": f"{progress * 100:.0f}%", "due": f"{due * 100:.0f}%"}
    return _("%(progress)s reached, %(due)s expected by now") % given
