"""What HR does for many: draft, and remind once."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accord.goals.access.agreements import may_draft_in_bulk
from accord.goals.models import Cycle
from accord.goals.queries.agreement_lists import agreements_of_people, people_without, unit_among, units_of
from accord.goals.queries.cycles import cycle_named
from accord.goals.services.agreements.drafts import Drafted
from accord.goals.services.agreements.reminding import remind as remind_of
from accord.goals.services.agreements.sources import draft_for_many
from accord.people.access import own_employee, visible_employees
from accord.people.models import Employee, OrgUnit


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Draft the agreements of everybody in a unit who has none, by model or from what they answered for last."""
    me, cycle, unit = _asked(request)
    people = list(people_without(visible_employees(request.user).exclude(pk=me.pk), cycle, unit))
    _tell(request, draft_for_many(cycle, people, me))
    return _back(cycle, unit)


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Remind those in a unit whose agreements wait for them."""
    me, cycle, unit = _asked(request)
    told = remind_of(cycle, agreements_of_people(visible_employees(request.user), cycle, unit), me)
    if told:
        sentence = ngettext("%(many)s person is reminded.", "%(many)s people are reminded.", told)
        messages.success(request, sentence % {"many": told})
    else:
        messages.info(request, _("Everybody who is waited for was reminded within the last three days."))
    return _back(cycle, unit)


def _asked(request: HttpRequest) -> tuple[Employee, Cycle, OrgUnit | None]:
    """Who asks, about which cycle and unit. PermissionDenied (403) for those who do not draft for many."""
    me = own_employee(request.user)
    if me is None or not may_draft_in_bulk(request.user):
        raise PermissionDenied
    cycle = cycle_named(request.POST.get("cycle", "")[:50])
    if cycle is None:
        raise Http404
    units = units_of(visible_employees(request.user))
    return me, cycle, unit_among(units, request.POST.get("unit", ""))


def _tell(request: HttpRequest, done: Drafted) -> None:
    many = len(done.created) + len(done.updated)
    sentence = ngettext("%(many)s agreement is drafted.", "%(many)s agreements are drafted.", many)
    messages.success(request, sentence % {"many": many})
    for person, why in done.skipped[:5]:
        messages.warning(request, _("%(name)s was left out: %(why)s.") % {"name": person.name, "why": why})


def _back(cycle: Cycle, unit: OrgUnit | None) -> HttpResponse:
    kept = {"cycle": cycle.name} | ({"unit": str(unit.pk)} if unit else {})
    return redirect(f"{reverse('goals:agreements')}?{urlencode(kept)}")
