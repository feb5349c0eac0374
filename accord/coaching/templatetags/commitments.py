"""How commitments are written on pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.coaching.models import Commitment
from accord.coaching.queries.commitments import made_from
from accord.foundation.clock import organisation_day
from accord.foundation.components.signs import badge
from accord.people.access import own_employee_id

register = template.Library()


@register.simple_tag
def commitment_state(commitment: Commitment, today: date | None = None) -> SafeString:
    """The state of a commitment as colour and word; what is past its day or was put off says so."""
    if commitment.state == Commitment.State.KEPT:
        return badge(_("kept"), "green", "check")
    if commitment.state == Commitment.State.DROPPED:
        return badge(pgettext("commitment", "no longer needed"), "grey")
    if commitment.due_on < (today or organisation_day()):
        return badge(pgettext("commitment", "overdue"), "yellow", "clock")
    if commitment.moves:
        return badge(pgettext("commitment", "put off"), "grey", "clock-pause")
    return badge(pgettext("commitment", "open"), "primary")


@register.inclusion_tag("coaching/commitments_made.html", takes_context=True)
def commitments_from(context: Context, table: str, pk: int, can_add: bool = False) -> dict[str, Any]:
    """The commitments that the reader is a side of and that were made in `<table>:<pk>`, and the way to record one."""
    me = own_employee_id(context["request"].user)
    rows = [one for one in made_from(f"{table}:{pk}") if me in (one.owner_id, one.partner_id)]
    return {"commitments": rows, "table": table, "pk": pk, "can_add": can_add, "today": organisation_day()}
