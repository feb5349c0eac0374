"""The wall: chosen boards on a large screen, one after the other, for days without a touch."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from accord.foundation.clock import organisation_day
from accord.insights.access import boards as access
from accord.insights.queries.boards.age import age_of
from accord.insights.queries.boards.scope import BoardFilter
from accord.insights.queries.boards.wall import wall_board
from accord.insights.queries.teams import board_of
from accord.insights.views.answers import board_answer, board_version
from accord.people.access import own_employee

_BOARD = re.compile(r"(unit|team)-(\d{1,9})")
_MOST = 8
_SECONDS, _FEWEST, _MOST_SECONDS = 30, 10, 600


@require_safe
@condition(etag_func=board_version)
def wall_page(request: HttpRequest) -> HttpResponse:
    """The boards named by `show`, or the one the reader begins with."""
    names = list(dict.fromkeys(request.GET.getlist("show")))[:_MOST] or [_first(request)]
    boards = [board for name in names if (board := _named(request, name))]
    context = {
        "boards": boards,
        "left_out": len(names) - len(boards),
        "seconds": _seconds(request),
        "now": timezone.now(),
    }
    return board_answer(request, "insights/wall_page.html", "insights/wall.html", context)


def _first(request: HttpRequest) -> str:
    opened = access.boards_of(request.user)
    if opened.company:
        return "company"
    if opened.scope.units:
        return f"unit-{opened.scope.units[0].pk}"
    return f"team-{opened.team.pk}" if opened.team else ""


def _named(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """A board by its name in the address; None for one that is none or that the reader may not open."""
    match = _BOARD.fullmatch(name)
    wanted = BoardFilter(organisation_day())
    try:
        if name == "company":
            scope = access.company_for(request.user)
            title = scope.units[0].name if len(scope.units) == 1 else _("The whole company")
            return {"kind": "units", "wall": wall_board(title, scope, wanted)}
        if match and match[1] == "unit":
            unit, scope = access.unit_for(request.user, int(match[2]))
            return {"kind": "units", "wall": wall_board(unit.name, scope, wanted)}
        return _own_team(request, int(match[2])) if match else None
    except Http404:
        return None


def _own_team(request: HttpRequest, pk: int) -> dict[str, Any] | None:
    """The reader's own team alone is shown by name."""
    me = own_employee(request.user)
    if me is None or me.pk != pk:
        return None
    board = board_of(me, access.reports_on_board(request.user, me), organisation_day())
    title = _("Team of %(name)s") % {"name": me.name}
    return {"kind": "team", "title": title, "board": board, "age": age_of(board.metrics, board.periods)}


def _seconds(request: HttpRequest) -> int:
    text = request.GET.get("seconds", "")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else _SECONDS
    return max(_FEWEST, min(_MOST_SECONDS, wanted))
