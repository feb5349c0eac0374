"""Scorecards: my own, that of a person I may see, and one that was frozen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.foundation.clock import organisation_day
from accord.foundation.requests import asked_for
from accord.goals.access.scorecards import myself, scorecard_for
from accord.goals.queries.cycles import current_cycle, cycle_named, cycles
from accord.goals.queries.scorecard_pages import GOALS, CardOf, frozen_sheet, goal_asked, sheet_of
from accord.goals.services.scorecards.rebuilding import rebuild
from accord.people.access import employee_for
from accord.people.models import Employee


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """How I stand in a cycle, why, and what it would take."""
    return _live(request, myself(request.user), is_mine=True)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of somebody whose performance the reader may see."""
    return _live(request, employee_for(request.user, pk), is_mine=False)


@require_safe
def frozen(request: HttpRequest, pk: int) -> HttpResponse:
    """A scorecard as it was frozen, worked out again from its own inputs while one looks."""
    card = scorecard_for(request.user, pk)
    rebuilt = rebuild(card)
    context: dict[str, Any] = {
        "frozen": card,
        "rebuilt": rebuilt,
        "person": card.employee,
        "about": CardOf(card.employee, card.cycle),
        "open": "print" in request.GET,
    }
    if rebuilt.scored:
        context["sheet"] = frozen_sheet(card, rebuilt.scored)
    return render(request, "goals/scorecard_frozen.html", context)


def _live(request: HttpRequest, employee: Employee, *, is_mine: bool) -> HttpResponse:
    today = organisation_day()
    cycle = cycle_named(asked_for(request, "cycle")) or current_cycle(today) or cycles().first()
    goal = goal_asked(asked_for(request, "goal"))
    context = {
        "person": employee,
        "is_mine": is_mine,
        "cycle": cycle,
        "cycles": cycles(),
        "goals": GOALS,
        "goal": goal,
        "about": CardOf(employee, cycle) if cycle else None,
        "open": "print" in request.GET,
        "sheet": sheet_of(employee, cycle, today, goal) if cycle else None,
    }
    return render(request, "goals/scorecard_page.html", context)
