"""Check-ins: writing one, correcting one, and reading one's own chain or that of a person one may see."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accord.foundation.clock import organisation_day
from accord.foundation.requests import asked_for, day_of
from accord.goals.access import check_ins as access
from accord.goals.forms.check_ins import CheckInForm, Choices, RhythmForm, answers_of
from accord.goals.models import CheckIn
from accord.goals.queries.check_in_time import predicted
from accord.goals.queries.check_ins import chain, people_by_latest, weeks
from accord.goals.queries.check_ins_due import is_due, rhythm_of
from accord.goals.services import check_ins as service
from accord.people.access import employee_for, own_employee, visible_employees
from accord.people.models import Employee
from accord.workflow.stored_files import stored_file

_WEEKS_SHOWN = 13
_PER_PAGE = 25
_FIRST_DAY = date(2000, 1, 1)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My own chain, how often I am reminded, and the way to the next check-in."""
    me, today = own_employee(request.user), organisation_day()
    context: dict[str, Any] = {
        "me": me,
        "has_people": visible_employees(request.user).exclude(pk=me.pk if me else 0)[:1],
    }
    if me:
        context |= _chain(request, me, today)
        context |= {"due": is_due(me, today), "rhythm_form": RhythmForm(initial={"rhythm": rhythm_of(me)})}
    return render(request, "goals/check_ins_mine.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The chain of somebody whose performance the reader may see."""
    seen = employee_for(request.user, pk)
    context = {"person": seen} | _chain(request, seen, organisation_day())
    return render(request, "goals/check_ins_person.html", context)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people the reader may see, with the newest line of each."""
    search = asked_for(request, "q")
    others = people_by_latest(visible_employees(request.user), search).exclude(user=request.user.pk)
    page = Paginator(others, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "goals/check_ins_people.html", {"page": page, "search": search})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One page, one submit."""
    me, today = access.myself(request.user), organisation_day()
    choices = Choices.of(me, today)
    if request.method == "POST":
        form = CheckInForm(choices, request.POST, request.FILES)
        if form.is_valid():
            service.check_in(me, form.words(), files=form.cleaned_data["evidence"], page=form.sent_from)
            messages.success(request, _("Checked in. Your line stands in your chain."))
            return redirect("goals:check-ins")
    else:
        form = CheckInForm(choices, initial=choices.first_answers(me))
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Another wording in the place of one's own check-in; the earlier one stays to be read."""
    earlier = access.check_in_to_correct(request.user, pk)
    choices = Choices.of(earlier.employee, organisation_day(), earlier)
    if request.method == "POST":
        form = CheckInForm(choices, request.POST, request.FILES)
        if form.is_valid():
            service.correct(earlier, form.words(), files=form.cleaned_data["evidence"])
            messages.success(request, _("Corrected. The earlier wording can still be read below it."))
            return redirect("goals:check-ins")
    else:
        form = CheckInForm(choices, initial=answers_of(earlier))
    return _form_page(request, form, earlier)


@require_POST
def set_rhythm(request: HttpRequest) -> HttpResponse:
    """How often I am reminded."""
    me, form = access.myself(request.user), RhythmForm(request.POST)
    if form.is_valid():
        service.set_rhythm(me, form.cleaned_data["rhythm"])
        messages.success(request, _("Saved. Reminders stop by themselves once you have checked in."))
    return redirect("goals:check-ins")


@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a check-in."""
    kept = access.check_in_file_for(request.user, pk)
    return stored_file(request, kept.stored_as, kept.file_name, kept.media_type)


def _form_page(request: HttpRequest, form: CheckInForm, earlier: CheckIn | None = None) -> HttpResponse:
    context = {"form": form, "earlier": earlier, "seconds": predicted(), "today": organisation_day()}
    return render(request, "goals/check_ins_form.html", context, status=422 if form.is_bound else 200)


def _chain(request: HttpRequest, employee: Employee, today: date) -> dict[str, Any]:
    """A quarter of the chain; `until` in the address leads further back."""
    until = max(_FIRST_DAY, min(day_of(asked_for(request, "until")) or today, today))
    since = until - timedelta(weeks=_WEEKS_SHOWN)
    links = chain(employee, since, until)
    return {
        "weeks": weeks(links),
        "since": since,
        "until": until,
        "today": today,
        "earlier_until": since - timedelta(1),
    }
