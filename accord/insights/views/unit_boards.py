"""The boards of the company, of units and of positions, and the way to them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from accord.foundation.clock import organisation_day
from accord.goals.templatetags.goals import in_language
from accord.insights.access import boards as access
from accord.insights.forms.boards import asked_for, choices, read_filter
from accord.insights.queries.boards.entry import entry_of
from accord.insights.queries.boards.pages import board_page
from accord.insights.queries.boards.paper import unit_paper
from accord.insights.queries.boards.scope import Scope
from accord.insights.queries.boards.trees import MOST as MOST_TREES
from accord.insights.queries.boards.trees import tree_panels
from accord.insights.views.answers import board_answer, board_version, exported
from accord.metrics.access.driver_trees import visible_trees
from accord.people.models import Employee

_SHOWN_TREES = 6


@require_safe
def boards_page(request: HttpRequest) -> HttpResponse:
    """The boards that the reader may open, and nothing else."""
    opened = access.boards_of(request.user)
    entry = entry_of(opened.scope, organisation_day())
    trees = visible_trees(request.user)[:_SHOWN_TREES]
    return render(request, "insights/boards_page.html", {"opened": opened, "entry": entry, "trees": trees})


@require_safe
@condition(etag_func=board_version)
def company_page(request: HttpRequest) -> HttpResponse:
    """The whole organisation, for executives."""
    scope = access.company_for(request.user)
    title = scope.units[0].name if len(scope.units) == 1 else _("The whole company")
    return _board(request, scope, None, title, "company", {"wall": "company"})


@require_safe
@condition(etag_func=board_version)
def unit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit with all units in it; its people where it has no units below."""
    unit, scope = access.unit_for(request.user, pk)
    people = None if scope.rows else access.members_on_board(request.user, unit)
    context = {"unit": unit, "above": access.ways_up(request.user, unit), "wall": f"unit-{pk}"}
    return _board(request, scope, people, unit.name, f"unit:{pk}", context)


@require_safe
@condition(etag_func=board_version)
def position_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who holds a position, by unit; by name where the reader sees them by the line alone."""
    position, scope = access.position_for(request.user, pk)
    by_name = scope.of_one_line or not scope.rows
    people = access.holders_on_board(request.user, position) if by_name else None
    return _board(request, scope, people, in_language(position), f"position:{pk}", {"position": position})


def _board(
    request: HttpRequest,
    scope: Scope,
    people: QuerySet[Employee] | None,
    title: str,
    key: str,
    context: dict[str, Any],
) -> HttpResponse:
    wanted = read_filter(request.GET.dict(), organisation_day(), context.get("position"))
    page = board_page(scope, wanted, people, request.GET.get("page", "1"))
    if "as" in request.GET:
        return exported(request, unit_paper(title, key, page))
    trees = access.trees_on_board(request.user, [] if "position" in context else scope.units)[:MOST_TREES]
    context |= {"trees": tree_panels(trees, wanted.period), **choices(asked_for(request.GET.dict()), page)}
    shown = {"page": page, "board": page.board, "wanted": wanted, "heading": title, **context}
    return board_answer(request, "insights/unit_board_page.html", "insights/unit_board.html", shown)
