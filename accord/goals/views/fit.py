"""The fit check: a word with which a warning stands, and what does not fit among the KPIs in force."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from accord.foundation.clock import organisation_day
from accord.foundation.components.wayfinding import Tab
from accord.foundation.redirects import way_back
from accord.foundation.requests import asked_for
from accord.goals.access.fit import agreement_to_override
from accord.goals.forms.fit import OverrideForm
from accord.goals.queries import fit_overview
from accord.goals.queries.cycles import current_cycle
from accord.goals.services import fit
from accord.people.access import own_employee_id, visible_employees


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What does not fit among the KPIs of the people I may see: in force, or still being agreed."""
    today = organisation_day()
    cycle, drafts = current_cycle(today), asked_for(request, "of") == "drafts"
    found = []
    if cycle:
        people = visible_employees(request.user)
        agreed = fit_overview.being_agreed(people, cycle, own_employee_id(request.user))
        scope = agreed if drafts else fit_overview.in_force(people, cycle, today)
        found = fit_overview.overview(scope, cycle)
    notes = sum(len(each.groups) for each in found)
    context = {"cycle": cycle, "drafts": drafts, "found": found, "notes": notes, "tabs": _tabs(drafts)}
    return render(request, "goals/fit_overview.html", context)


@require_POST
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a warning about an agreement stand."""
    agreement, me = agreement_to_override(request.user, pk)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    fit.override(agreement, me, **form.override)
    messages.success(request, _("Kept. The reason will stand in the document that both sign."))
    return way_back(request, reverse("goals:kpis"))


def _tabs(drafts: bool) -> list[Tab]:
    here = reverse("goals:fit")
    return [
        Tab(pgettext("KPIs", "In force"), here, active=not drafts),
        Tab(pgettext("KPIs", "Being agreed"), f"{here}?of=drafts", active=drafts),
    ]
