"""Today, one person, one team."""

from datetime import date, timedelta
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from accord.alerts.access.alerts import visible_alerts
from accord.alerts.models import Alert
from accord.foundation.clock import organisation_day
from accord.foundation.components.slots import panels_of, waiting_in
from accord.insights.access.boards import board_owner_for, boards_above, counted_in_full, reports_on_board
from accord.insights.queries.boards.age import age_of
from accord.insights.queries.boards.paper import person_paper, team_paper
from accord.insights.queries.people import person_sheet
from accord.insights.queries.teams import board_of
from accord.insights.queries.today import today_of
from accord.insights.views.answers import board_version, exported, is_partial
from accord.people.access import direct_reports, employee_for, own_employee

_FIRST_DAY = date(1990, 1, 1)


@require_safe
def today_page(request: HttpRequest) -> HttpResponse:
    """What I owe, my lights, and my team's for a manager."""
    me = own_employee(request.user)
    day = organisation_day()
    today = today_of(me, list(direct_reports(request.user)), day) if me else None
    panels = panels_of(request, "today", me) if me else []
    waiting = waiting_in(panels) + (today.owed_in_all if today else 0)
    context = {"me": me, "today": today, "on": day, "panels": panels, "waiting": waiting}
    return render(request, "insights/today_page.html", context)


@require_safe
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's KPIs with thirteen periods of history; every number opens its origin."""
    person = employee_for(request.user, pk)
    sheet = person_sheet(person, organisation_day())
    lights = [panel.light for panel in sheet.panels]
    age = age_of([light.metric for light in lights], {light.period.frequency: light.period for light in lights})
    if "as" in request.GET:
        return exported(request, person_paper(person.name, f"person:{person.pk}", sheet, age))
    alerts = visible_alerts(request.user).filter(series__employee=person, state=Alert.State.OPEN)
    context = {"sheet": sheet, "age": age, "alerts": alerts.order_by("-raised_at", "-id")}
    return render(request, "insights/person_page.html", context)


@require_safe
@condition(etag_func=board_version)
def team_page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """People × KPIs of one manager, with a way down to the teams below; the page asks again every 15 seconds."""
    owner = board_owner_for(request.user, pk)
    if owner is None:
        return render(request, "insights/no_team_page.html")
    if pk is None:
        return redirect("insights:team-of", pk=owner.pk)
    day = _day(request)
    counted = partial(counted_in_full, request.user, on=day)
    board = board_of(owner, reports_on_board(request.user, owner), day, counted)
    age = age_of(board.metrics, board.periods)
    if "as" in request.GET:
        return exported(
            request, team_paper(_("Team of %(name)s") % {"name": owner.name}, f"team:{owner.pk}", board, age)
        )
    context = {"owner": owner, "board": board, "age": age, "on": day}
    context |= {"earlier": day - timedelta(days=7), "later": _later(day)}
    if is_partial(request):
        response = render(request, "insights/board.html", context)
    else:
        line = boards_above(request.user, owner)
        response = render(request, "insights/team_page.html", {**context, "line": line})
    # Kept by this browser only, and never shown without asking whether it still holds.
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def moved_team_page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Where team boards stood before there were others: whoever kept the address is led on."""
    owner = board_owner_for(request.user, pk)
    moved = reverse("insights:team-of", args=[owner.pk]) if owner else reverse("insights:team")
    return redirect(f"{moved}?{request.GET.urlencode()}" if request.GET else moved)


def _later(day: date) -> date | None:
    """A week after `day`, today at the latest; None for today itself, whose board is live."""
    today = organisation_day()
    return min(day + timedelta(days=7), today) if day < today else None


def _day(request: HttpRequest) -> date:
    """The day asked for; today for one that is none, lies ahead, or lies before any company's numbers."""
    today = organisation_day()
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return day if _FIRST_DAY <= day <= today else today
