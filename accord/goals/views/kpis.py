"""Pages of goals: who answers for what."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.foundation.clock import organisation_day
from accord.foundation.requests import asked_for
from accord.goals.access.kpis import people_with_kpis
from accord.goals.models import Cycle
from accord.goals.queries.cycles import current_cycle, cycle_named, cycles
from accord.goals.queries.kpis import kpi_sheets
from accord.goals.queries.scorecard_pages import standing_of
from accord.goals.queries.scorecards import scorecards
from accord.people.access import own_employee
from accord.people.models import Employee

_PEOPLE_PER_PAGE = 12


@require_safe
def kpis_page(request: HttpRequest) -> HttpResponse:
    """My KPIs of a cycle, and those of the people I may see."""
    today = organisation_day()
    cycle = cycle_named(asked_for(request, "cycle")) or current_cycle(today)
    search = asked_for(request, "q")
    context: dict[str, Any] = {"cycle": cycle, "cycles": cycles(), "search": search}
    if cycle:
        me = own_employee(request.user)
        others = people_with_kpis(request.user, cycle, search).exclude(user=request.user.pk)
        page = Paginator(others, _PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page} | _sheets(me, list(page.object_list), cycle, today)
    return render(request, "goals/kpis_page.html", context)


def _sheets(me: Employee | None, people: list[Employee], cycle: Cycle, today: date) -> dict[str, Any]:
    """What I and the people on the page answer for, and how we stand; read together."""
    everybody = [me, *people] if me else people
    cards = scorecards(everybody, cycle, today)
    pairs = [(sheet, cards[sheet.employee.pk]) for sheet in kpi_sheets(everybody, cycle, today)]
    mine = pairs[:1] if me else []
    return {
        "mine": [sheet for sheet, _ in mine],
        "standing": standing_of(mine[0][1]) if mine else None,
        "sheets": pairs[len(mine) :],
    }
