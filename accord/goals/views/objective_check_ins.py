"""The weekly check-in: all my key results on one short page, one line each."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.domain.periods import Frequency, Period
from accord.foundation.clock import organisation_day
from accord.foundation.redirects import stays_here
from accord.goals.access import objective_numbers as numbers
from accord.goals.access import objectives as access
from accord.goals.forms.objectives import CheckInForm
from accord.goals.models import KeyResult, KeyResultCheckIn
from accord.goals.queries.check_in_lines import line_of, newest_lines, results_of
from accord.goals.services.objectives.checking_in import Line, check_in
from accord.people.access import own_employee


@dataclass(frozen=True)
class WeeklyLine:
    """One key result on the page: what was said last, the form for this week, whether it is done."""

    result: KeyResult
    form: CheckInForm
    last: KeyResultCheckIn | None
    is_done: bool


@require_safe
def check_in_page(request: HttpRequest) -> HttpResponse:
    """My key results of the cycles that run, those without a line this week first."""
    access.rights_of(request.user)
    me, today = own_employee(request.user), organisation_day()
    results = numbers.results_shown_to(request.user, list(results_of(me, today)) if me else [])
    last = newest_lines(results)
    lines = [
        WeeklyLine(each, CheckInForm(each), last.get(each.pk), is_done=getattr(each, "is_done", False))
        for each in results
    ]
    done = sum(line.is_done for line in lines)
    context = {"lines": lines, "done": done, "week": Period.of(today, Frequency.WEEK), "today": today}
    return render(request, "goals/objectives_check_in_page.html", context)


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one line on a key result, or correct one."""
    result, me = access.key_result_to_report(request.user, pk)
    form, is_part = CheckInForm(result, request.POST), request.headers.get("HX-Request") == "true"
    if not form.is_valid():
        template = "goals/objectives_line.html" if is_part else "goals/objectives_line_page.html"
        [result] = numbers.results_shown_to(request.user, [result])
        line = WeeklyLine(result, form, newest_lines([result]).get(pk), is_done=False)
        return render(request, template, {"line": line}, status=200 if is_part else 422)
    given = form.cleaned_data
    corrected = line_of(result, given["corrects"]) if given["corrects"] else None
    said = check_in(result, Line(form.stored_value(), given["confidence"], given["note"]), me, corrected)
    if is_part:
        result.refresh_from_db(fields=["current", "confidence"])
        [result] = numbers.results_shown_to(request.user, [result])
        line = WeeklyLine(result, CheckInForm(result), said, is_done=True)
        return render(request, "goals/objectives_line.html", {"line": line})
    messages.success(request, _("Recorded."))
    back = request.POST.get("next", "")
    return redirect(back if stays_here(request, back) else "goals:objectives_check_in")
