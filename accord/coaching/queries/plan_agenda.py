"""What the two agreed to work on, as lines of their next agenda."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.coaching.models import AgendaPoint, DevelopmentPlan, FocusArea, OneOnOne
from accord.coaching.queries.agenda import Suggestion


def focus_areas(talk: OneOnOne, since: datetime) -> list[Suggestion]:
    """The focus areas under way of the plan that runs between the two, for both to say how it goes."""
    pairing = talk.pairing
    under_way = FocusArea.objects.filter(
        plan__employee=pairing.employee_id,
        plan__manager=pairing.manager_id,
        plan__state=DevelopmentPlan.State.RUNNING,
        state=FocusArea.State.OPEN,
        removed_at=None,
    )
    return [_how_is_it_going(focus) for focus in under_way.exclude(title="")]


def _how_is_it_going(focus: FocusArea) -> Suggestion:
    words = _("How is it going: %(title)s") % {"title": focus.title}
    address = f"{reverse('coaching:plan', args=[focus.plan_id])}#focus{focus.pk}"
    return Suggestion(AgendaPoint.Section.GROWTH, words, f"focus_areas:{focus.pk}", address)
