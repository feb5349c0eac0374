"""Agreements: mine, those of my people, one line by line, and what held when."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.foundation.clock import organisation_day
from accord.foundation.requests import asked_for
from accord.goals.access.agreements import SeenAgreement, agreement_for, may_draft_in_bulk
from accord.goals.forms import agreements as forms
from accord.goals.models import AgreementTerms, Cycle, KeyResult
from accord.goals.queries.agreement_lists import (
    NONE,
    STANDS,
    agreements_of_people,
    counts_by_stand,
    people_without,
    rows_of,
    unit_among,
    units_of,
    waiting_first,
    with_stands,
)
from accord.goals.queries.agreement_page import AgreementView, view_of
from accord.goals.queries.agreements import agreements_of, moved_on
from accord.goals.queries.cycles import current_cycle, cycle_named, cycles
from accord.goals.queries.fit import misfits_of
from accord.goals.queries.objectives import key_results_for
from accord.people.access import own_employee, visible_employees

_PER_PAGE = 25


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """My agreements of a cycle, and where those of the people I see stand."""
    cycle = cycle_named(asked_for(request, "cycle")) or current_cycle(organisation_day())
    me = own_employee(request.user)
    context: dict[str, Any] = {"cycle": cycle, "cycles": cycles(), "me": me}
    if cycle and me:
        context["mine"] = rows_of(list(with_stands(agreements_of(me, cycle))))
        context |= _others(request, cycle)
    return render(request, "goals/agreements_index.html", context)


def _others(request: HttpRequest, cycle: Cycle) -> dict[str, Any]:
    """The people I see besides myself: how many stand where, and one page of them."""
    people = visible_employees(request.user).exclude(user=request.user.pk)
    units, search, stand = units_of(people), asked_for(request, "q"), asked_for(request, "stand")
    unit = unit_among(units, asked_for(request, "unit"))
    theirs = agreements_of_people(people, cycle, unit, search)
    missing = people_without(people, cycle, unit, search)
    listed: QuerySet[Any] = missing if stand == NONE else waiting_first(theirs)
    listed = listed.filter(stand=stand) if stand in STANDS else listed
    shown = Paginator(listed, _PER_PAGE).get_page(request.GET.get("page"))
    return {
        "told": {"unit": unit, "q": search, "stand": stand},
        "units": units,
        "counts": counts_by_stand(theirs),
        "without": missing.count(),
        "page": shown,
        "rows": [] if stand == NONE else rows_of(list(shown.object_list)),
        "drafts_in_bulk": may_draft_in_bulk(request.user),
        "has_people": people.exists(),
    }


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement as far as the reader may see it."""
    return page_of(request, agreement_for(request.user, pk))


def page_of(request: HttpRequest, seen: SeenAgreement, **wrong: Any) -> HttpResponse:
    """The page of an agreement. `wrong` holds the forms that were not taken, as they were sent, by their name."""
    view = view_of(seen.terms) if seen.terms else None
    is_unfinished = seen.terms is not None and seen.terms.state in AgreementTerms.UNFINISHED
    context: dict[str, Any] = {
        "seen": seen,
        "agreement": seen.agreement,
        "view": _with_forms(view, wrong) if view and seen.can_edit else view,
        "moved": moved_on(seen.agreement),
        "misfits": misfits_of(seen.terms) if seen.terms and is_unfinished else [],
        "drafts_in_bulk": may_draft_in_bulk(request.user),
        "wrong": wrong,
        **_forms(view, wrong),
    }
    return render(request, "goals/agreements_page.html", context, status=422 if wrong else 200)


def _forms(view: AgreementView | None, wrong: dict[str, Any]) -> dict[str, Any]:
    """The forms beside those of the lines."""
    first = {"effective_on": organisation_day().isoformat()}
    found = {
        "amend_form": wrong.get("amend") or forms.AmendmentForm(initial=first),
        "end_form": wrong.get("end") or forms.EndingForm(),
    }
    if view:
        lines, edition = [each.line for each in view.lines], view.terms.edition
        found["weights_form"] = wrong.get("weights") or forms.WeightsForm(lines, edition)
        found["add_form"] = wrong.get("add") or forms.AddLineForm(edition)
    return found


def served_by(terms: AgreementTerms) -> list[KeyResult]:
    """The key results that a line of these terms may serve."""
    return list(key_results_for(terms.agreement.employee, terms.agreement.cycle))


def _with_forms(view: AgreementView, wrong: dict[str, Any]) -> AgreementView:
    """Every line with the form to change it; the one that was not taken as it was sent, with the reason."""
    sent: forms.LineForm | None = wrong.get("line")
    key_results = served_by(view.terms)
    return view.with_lines(
        each.with_form(sent, wrong.get("refusal"))
        if sent and sent.line == each.line
        else each.with_form(forms.LineForm(each.line, view.terms.edition, key_results=key_results))
        for each in view.lines
    )
