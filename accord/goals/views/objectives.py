"""Pages of objectives: the list, one of them, and what can be done with it. Every form works without a script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.foundation.clock import organisation_day
from accord.foundation.requests import asked_for, whole_number
from accord.goals.access import objective_numbers as numbers
from accord.goals.access import objectives as access
from accord.goals.errors.objectives import KeyResultLeadsNowhere, SameKpiTwice, WeightsNotOne
from accord.goals.forms import objective_rows as rows
from accord.goals.forms.objectives import CloseForm, NewObjectiveForm, ObjectiveForm, ShareForm
from accord.goals.models import Cycle, Objective
from accord.goals.queries import objective_lists as lists
from accord.goals.queries.check_in_lines import chain_of
from accord.goals.queries.cycles import current_cycle, cycle_named, cycles
from accord.goals.queries.objectives import seen, seen_all
from accord.goals.services.cycles import cycle_on
from accord.goals.services.objectives.breaking_down import break_down
from accord.goals.services.objectives.closing import close_objective
from accord.goals.services.objectives.key_results import set_key_results
from accord.goals.services.objectives.share import set_okr_share
from accord.goals.services.objectives.writing import Words, delete_objective, edit_objective, make_objective
from accord.people.access import own_employee

PER_PAGE, BELOW_SHOWN = 20, 12
_GET_AND_POST = ("GET", "HEAD", "POST")


def asked_cycle(request: HttpRequest) -> Cycle | None:
    """The cycle that the address names, else the one that runs, else the latest."""
    today = organisation_day()
    return cycle_named(asked_for(request, "cycle")) or current_cycle(today) or cycles().first()


@require_safe
def objectives_page(request: HttpRequest) -> HttpResponse:
    """The objectives of a cycle, mine first."""
    rights, cycle, me = access.rights_of(request.user), asked_cycle(request), own_employee(request.user)
    whose, search = asked_for(request, "whose"), asked_for(request, "q")
    whose = whose if whose in lists.WHOSE else "company"
    context: dict[str, Any] = {"cycle": cycle, "cycles": cycles(), "search": search, "whose": whose}
    if cycle and me:
        page = Paginator(lists.listed(cycle, whose, search), PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "mine": numbers.shown_to(request.user, seen_all(lists.own_objectives(me, cycle))),
            "others": numbers.shown_to(request.user, seen_all(page.object_list)),
            "counts": lists.counts(cycle),
            "may_set_share": access.may_set_share(rights),
        }
    return render(request, "goals/objectives_page.html", context)


@require_safe
def objective_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One objective: its key results, what serves it, and what was said about it."""
    objective, rights = access.objective_for(request.user, pk), access.rights_of(request.user)
    [now] = numbers.shown_to(request.user, [seen(objective)])
    is_open = objective.state == Objective.State.OPEN
    results = rows.reportable(now, rights, is_open=is_open)
    return render(
        request,
        "goals/objectives_one_page.html",
        {
            "seen": now,
            "objective": objective,
            "results": results,
            "below": lists.directly_below(objective)[:BELOW_SHOWN],
            "lines": rows.correctable(chain_of(objective), results),
            "may_change": is_open and rights.may_change(objective),
        },
    )


@require_http_methods(_GET_AND_POST)
def new(request: HttpRequest) -> HttpResponse:
    """Make an objective for oneself, one's people or one's units."""
    subjects = access.subjects_to_make_for(request.user)
    parent = asked_for(request, "parent")
    cycle = asked_cycle(request) or cycle_on(organisation_day())
    form = NewObjectiveForm(
        request.POST or None,
        subjects=subjects,
        cycle=cycle,
        parent=whole_number(parent),
    )
    me = own_employee(request.user)
    if request.method == "POST" and form.is_valid() and me:
        words = Words(form.cleaned_data["title"], form.cleaned_data["why"], form.cleaned_data["owner"])
        made = make_objective(cycle, form.chosen(), words, me, form.cleaned_data["parent"])
        messages.success(request, _("Made. Now say how one sees that it is reached: two to four key results."))
        return redirect("goals:objectives_key_results", pk=made.pk)
    return render(request, "goals/objectives_form_page.html", {"form": form, "cycle": cycle}, status=_status(form))


@require_http_methods(_GET_AND_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an objective says."""
    objective, me = access.objective_to_change(request.user, pk)
    initial = {"title": objective.title, "why": objective.why}
    form = ObjectiveForm(request.POST or None, initial=initial, objective=objective)
    if request.method == "POST" and form.is_valid():
        words = Words(form.cleaned_data["title"], form.cleaned_data["why"], form.cleaned_data.get("owner"))
        edit_objective(objective, rows.edition_of(request), words, me)
        return _done(request, pk, _("Saved."))
    context = {"form": form, "objective": objective, "cycle": objective.cycle}
    return render(request, "goals/objectives_form_page.html", context, status=_status(form))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an objective on which nothing was reported."""
    objective, me = access.objective_to_change(request.user, pk)
    delete_objective(objective, rows.edition_of(request), me)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": objective.title})
    return redirect("goals:objectives")


@require_http_methods(_GET_AND_POST)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an objective with a score and a retrospective."""
    objective, me = access.objective_to_change(request.user, pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        score, words = form.cleaned_data["score"], form.cleaned_data["retrospective"]
        close_objective(objective, rows.edition_of(request), score, words, me)
        return _done(request, pk, _("Closed. Score and retrospective are kept with the objective."))
    [now] = numbers.shown_to(request.user, [seen(objective)])
    context = {"form": form, "objective": objective, "seen": now}
    return render(request, "goals/objectives_close_page.html", context, status=_status(form))


@require_http_methods(_GET_AND_POST)
def key_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the key results of an objective; “even out” and “another row” only change what the form shows."""
    objective, me = access.objective_to_change(request.user, pk)
    formset = rows.key_result_rows(objective, request.POST if request.method == "POST" else None)
    wanted = request.POST.get("do", "save")
    if formset.is_bound and wanted != "save":
        formset = rows.shown_again(objective, formset, wanted)
    elif formset.is_bound and formset.is_valid():
        try:
            set_key_results(objective, rows.edition_of(request), rows.drafts(formset), me)
        except (WeightsNotOne, KeyResultLeadsNowhere) as error:
            messages.error(request, f"{error} {error.advice()}")
        else:
            return _done(request, pk, _("The key results are saved."))
    context = {"formset": formset, "objective": objective, "edition": rows.edition_shown(request, objective)}
    return render(request, "goals/objectives_key_results_page.html", context, status=_status(formset))


@require_http_methods(_GET_AND_POST)
def kpis(request: HttpRequest, pk: int) -> HttpResponse:
    """Break a key result into KPIs."""
    result, me = access.key_result_to_change(request.user, pk)
    formset = rows.kpi_rows(result, request.POST if request.method == "POST" else None)
    if formset.is_bound and formset.is_valid():
        try:
            break_down(result, rows.edition_of(request), rows.kpi_drafts(formset), me)
        except SameKpiTwice as error:
            messages.error(request, f"{error} {error.advice()}")
        else:
            return _done(request, result.objective_id, _("The KPIs are saved."))
    context = {"formset": formset, "result": result, "edition": rows.edition_shown(request, result.objective)}
    return render(request, "goals/objectives_kpis_page.html", context, status=_status(formset))


@require_safe
def share_page(request: HttpRequest) -> HttpResponse:
    """How much objectives count in the score, cycle by cycle."""
    access.require_share_setter(request.user)
    today = organisation_day()
    forms = [
        (cycle, ShareForm(initial={"share": cycle.okr_share, "seen": cycle.okr_share}, auto_id=f"cycle{cycle.pk}-%s"))
        for cycle in cycles()
    ]
    return render(request, "goals/objectives_share_page.html", {"forms": forms, "today": today})


@require_POST
def set_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Let objectives count in a cycle, more, less, or not at all."""
    cycle, me = access.cycle_for_share(request.user, pk)
    form = ShareForm(request.POST, auto_id=f"cycle{cycle.pk}-%s")
    if not form.is_valid():
        context = {"forms": [(cycle, form)], "today": organisation_day()}
        return render(request, "goals/objectives_share_page.html", context, status=422)
    given = form.cleaned_data
    set_okr_share(cycle, given["seen"], given["share"], given["reason"], me)
    messages.success(request, _("Set for %(cycle)s, and kept in the archive with your reason.") % {"cycle": cycle.name})
    return redirect("goals:objectives_share")


def _status(form: Any) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200


def _done(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("goals:objectives_one", pk=pk)
