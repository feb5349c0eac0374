"""Where people stand: one's own page, somebody's page, assessing, and the framework as everybody reads it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accord.coaching.access import competencies as access
from accord.coaching.access.learning import learner
from accord.coaching.errors.competencies import NothingAssessed
from accord.coaching.forms.competencies import AssessForm
from accord.coaching.models import CompetencyExpectation
from accord.coaching.queries.competencies import expected_of, framework, reports_of, stands_of
from accord.coaching.queries.competency_time import predicted
from accord.coaching.queries.learning import laid_out, resources_about
from accord.coaching.services.assessing import assess
from accord.foundation.language import in_readers_language
from accord.foundation.requests import SignedInRequest
from accord.foundation.written import gives_back
from accord.people.access import own_employee


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """My own competencies, and my people's."""
    me = own_employee(request.user)
    context = {"person": me, "stands": stands_of(me) if me else [], "reports": reports_of(me) if me else []}
    return render(request, "coaching/competencies_mine.html", context)


@require_safe
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where somebody stands."""
    seen = access.person_for(request.user, pk)
    if seen.is_me:
        return redirect("coaching:competencies")
    context = {"seen": seen, "person": seen.person, "stands": stands_of(seen.person)}
    return render(request, "coaching/competencies_person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gives_back("example")
def assess_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say where oneself, or somebody who reports to one, stands."""
    seen, me = access.assessor_of(request.user, pk)
    stands = stands_of(seen.person)
    form = AssessForm(stands, request.POST if request.method == "POST" else None, is_me=seen.is_me)
    problem = None
    if request.method == "POST" and form.is_valid():
        try:
            count = assess(seen.person, me, form.said())
        except NothingAssessed as refused:
            problem = refused
        else:
            messages.success(request, _kept(count))
            return redirect("coaching:person_competencies", pk=pk)
    context = {"seen": seen, "person": seen.person, "form": form, "problem": problem, "seconds": predicted(stands)}
    return render(
        request, "coaching/competencies_assess.html", context, status=422 if request.method == "POST" else 200
    )


@require_safe
def framework_page(request: SignedInRequest) -> HttpResponse:
    """All competencies, and what is expected of the reader."""
    me = own_employee(request.user)
    context = {
        "competencies": framework(),
        "expected": expected_of(me) if me else {},
        "may_keep": access.may_keep(request.user),
    }
    return render(request, "coaching/competencies_framework.html", context)


@require_safe
def competency_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One competency: its levels, of whom which is expected, and what there is to learn from."""
    competency = access.competency_for(request.user, pk)
    expectations = competency.expectations.select_related("family").order_by("-is_of_managers", "family_id")
    context = {
        "competency": competency,
        "expectations": [(each, _whose(each)) for each in expectations],
        "lying": laid_out(list(resources_about(competency)[:50]), learner(request.user)),
        "may_keep": access.may_keep(request.user),
    }
    return render(request, "coaching/competencies_page.html", context)


def _whose(expectation: CompetencyExpectation) -> str:
    if expectation.family:
        return in_readers_language(expectation.family.name, expectation.family.name_en)
    return _("People with reports") if expectation.is_of_managers else _("Everybody")


def _kept(count: int) -> str:
    if not count:
        return _("Nothing has changed; what you said before stands.")
    return ngettext("%(count)s level was saved.", "%(count)s levels were saved.", count) % {"count": count}
