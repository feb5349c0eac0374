"""How coaching tasks are written on pages."""

from datetime import date

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.alerts.models import Rule
from accord.coaching.models import CoachingStep, CoachingTask
from accord.domain.periods import Period
from accord.foundation.components.signs import badge

register = template.Library()


@register.filter
def alert_periods(task: CoachingTask) -> str:
    """The two missed periods, or those over which the KPI kept getting worse."""
    ends = {"first": Period(task.alert.first_period).label, "second": Period(task.alert.period).label}
    if task.alert.rule == Rule.FALLING:
        return _("worse and worse from %(first)s to %(second)s") % ends
    return _("%(first)s and %(second)s") % ends


@register.filter
def step_title(kind: str) -> str:
    """What to do in a step."""
    titles = {
        CoachingStep.Kind.EVIDENCE: _("Look at the evidence"),
        CoachingStep.Kind.TALK: _("Talk"),
        CoachingStep.Kind.ACTION: _("Agree an action"),
    }
    return titles[CoachingStep.Kind(kind)]


@register.filter
def closing(task: CoachingTask) -> str:
    """How a closed task was closed."""
    if task.outcome:
        return _("Outcome: %(outcome)s.") % {"outcome": task.get_outcome_display()}
    return _("It closed itself: %(reason)s.") % {"reason": task.get_closed_because_display()}


@register.simple_tag
def task_state(task: CoachingTask, today: date | None = None) -> SafeString:
    """The state of a task as colour and word; what is past its day says so."""
    if task.state == CoachingTask.State.CLOSED:
        return badge(_("closed"), "grey", "check")
    if task.state == CoachingTask.State.SNOOZED:
        return badge(_("put off"), "grey", "clock-pause")
    if today and task.due_on < today:
        return badge(_("overdue"), "yellow", "clock")
    return badge(pgettext("coaching task", "open"), "primary")
