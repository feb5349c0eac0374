"""Calibration meetings: planned, led, and read by those they are about. Every form works without a script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.foundation.clock import organisation_day
from accord.goals.access import calibrations as access
from accord.goals.forms.calibrations import ChangeForm, CloseForm, DecisionForm, MinutesForm, PlanForm
from accord.goals.queries.calibrations.agenda import agenda_of
from accord.goals.queries.calibrations.board import board_of
from accord.goals.queries.calibrations.meetings import attendance_of, listed, noted_changes
from accord.goals.queries.calibrations.scope import team_of
from accord.goals.queries.cycles import current_cycle
from accord.goals.services.calibrations import deciding, meetings
from accord.people.access import is_manager, own_employee, visible_employees

PER_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """My meetings, and what has been noted from outside."""
    return _index(request)


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Note an external change."""
    me = own_employee(request.user)
    cycle = current_cycle(organisation_day())
    if me is None or cycle is None:
        raise PermissionDenied
    form = _change_form(request, request.POST)
    if not form.is_valid():
        return _index(request, form)
    noted = form.cleaned_data
    deciding.note_change(cycle, noted["org_unit"], noted["happened_on"], noted["text"], me, noted["metric"])
    messages.success(request, _("Noted. It comes onto the agenda of the next calibration meeting."))
    return redirect("goals:calibrations")


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting of a team that one leads."""
    me = own_employee(request.user)
    units = list(access.units_to_lead(request.user))
    has_reports = is_manager(request.user)
    if me is None or not (units or has_reports):
        raise PermissionDenied
    today = organisation_day()
    initial = {"held_on": today, "cycle": current_cycle(today)}
    form = PlanForm(units, has_reports, request.POST or None, initial=initial)
    if not form.is_valid():
        return render(request, "goals/calibrations_plan.html", {"form": form}, status=422 if form.is_bound else 200)
    chosen = form.cleaned_data
    made = meetings.plan_meeting(chosen["cycle"], form.named(me), chosen["held_on"], me, org_unit=form.unit)
    messages.success(request, _("Planned. The team is told with the next daily digest."))
    return redirect("goals:calibrations_meeting", made.pk)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Agenda, decisions and minutes of one meeting, as far as the reader may see them."""
    return _page(request, pk)


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The live board of the team's agreements; asked again and unchanged, it costs a 304."""
    seen = access.meeting_seen_whole(request.user, pk)
    shown = board_of(seen.meeting, organisation_day(), visible_employees(request.user))
    is_panel = request.headers.get("HX-Request") == "true"
    tag = f'"{shown.version}"'
    if is_panel and request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    template = "goals/calibrations_board_panel.html" if is_panel else "goals/calibrations_board.html"
    response = render(request, template, {"seen": seen, "meeting": seen.meeting, "board": shown})
    # The page and its panel share an address; only the panel is asked for again.
    response["Vary"] = "HX-Request"
    if is_panel:
        response["ETag"] = tag
    return response


@require_POST
def open_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a planned meeting."""
    meetings.open_meeting(*access.meeting_to_lead(request.user, pk))
    messages.success(request, _("The meeting is in session; its agenda stands fast."))
    return redirect("goals:calibrations_meeting", pk)


@require_POST
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down the opening and who is there."""
    held, me = access.meeting_to_lead(request.user, pk)
    form = MinutesForm(team_of(held), request.POST, prefix="minutes")
    if not form.is_valid():
        return _page(request, pk, {"minutes": form})
    written = form.cleaned_data
    present = [person.pk for person in written["present"]]
    meetings.write_minutes(held, written["edition"], written["opening"], present, me)
    messages.success(request, _("Saved."))
    return redirect("goals:calibrations_meeting", pk)


@require_POST
def decide(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Write down the decision on one point."""
    point, me = access.item_to_decide(request.user, pk, item)
    form = DecisionForm(request.POST, prefix=f"point-{item}")
    if not form.is_valid():
        return _page(request, pk, {f"point-{item}": form})
    decided = form.cleaned_data
    deciding.decide(point, decided["edition"], decided["decision"], decided["note"], me)
    messages.success(request, _("Written down."))
    return redirect("goals:calibrations_meeting", pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting and archive its minutes."""
    held, me = access.meeting_to_lead(request.user, pk)
    form = CloseForm(request.POST)
    meetings.close_meeting(held, form.cleaned_data["edition"] if form.is_valid() else -1, me)
    messages.success(request, _("Closed. The minutes are in the archive."))
    return redirect("goals:calibrations_meeting", pk)


@require_safe
def print_it(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes on paper."""
    seen = access.meeting_for(request.user, pk)
    context = {
        "seen": seen,
        "meeting": seen.meeting,
        "agenda": agenda_of(seen.meeting, None if seen.sees_all else seen.me),
        "attendance": attendance_of(seen.meeting),
    }
    return render(request, "goals/calibrations_print.html", context)


def _index(request: HttpRequest, wrong: ChangeForm | None = None) -> HttpResponse:
    cycle = current_cycle(organisation_day())
    page = Paginator(listed(access.visible_meetings(request.user)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "led": set(access.led_meetings(request.user).values_list("pk", flat=True)),
        "cycle": cycle,
        "may_plan": access.units_to_lead(request.user).exists() or is_manager(request.user),
        "changes": noted_changes(access.units_to_note(request.user), cycle) if cycle else [],
        "form": wrong or (_change_form(request) if cycle and own_employee(request.user) else None),
    }
    return render(request, "goals/calibrations_index.html", context, status=422 if wrong else 200)


def _change_form(request: HttpRequest, sent: Any = None) -> ChangeForm:
    me, today = own_employee(request.user), organisation_day()
    initial = {"org_unit": me.org_unit_id if me else None, "happened_on": today}
    return ChangeForm(access.units_to_note(request.user), today, sent, initial=initial)


def _page(request: HttpRequest, pk: int, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The page of a meeting; a form that was filled in wrongly is shown again as it was sent."""
    seen, wrong = access.meeting_for(request.user, pk), wrong or {}
    agenda = agenda_of(seen.meeting, None if seen.sees_all else seen.me)
    attendance = attendance_of(seen.meeting)
    context: dict[str, Any] = {"seen": seen, "meeting": seen.meeting, "agenda": agenda, "attendance": attendance}
    if seen.is_led and seen.meeting.is_open:
        written = {
            "opening": seen.meeting.opening,
            "edition": seen.meeting.edition,
            "present": [each.employee_id for each in attendance if each.was_present],
        }
        minutes_form = MinutesForm(team_of(seen.meeting), initial=written, prefix="minutes")
        context |= {"minutes_form": wrong.get("minutes") or minutes_form}
        for point in agenda.points:
            key, said = f"point-{point.pk}", {name: getattr(point, name) for name in ("decision", "note", "edition")}
            point.form = wrong.get(key) or DecisionForm(initial=said, prefix=key, auto_id="id-%s")  # type: ignore[attr-defined]
    return render(request, "goals/calibrations_meeting.html", context | {"wrong": wrong}, status=422 if wrong else 200)
