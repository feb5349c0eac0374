"""Pages of decomposition: the list, a new one, the table, and handing out. All of them work without a script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.domain.decomposition.errors import CannotSplit
from accord.domain.decomposition.settings import read_settings
from accord.foundation.clock import organisation_day
from accord.foundation.requests import asked_for, edition_of
from accord.goals.access.decomposition import (
    decomposer,
    decomposition_for,
    may_decompose,
    roots_for,
    visible_decompositions,
)
from accord.goals.forms.decomposition import StartForm, cells_into, rules_of, what_if
from accord.goals.models import Decomposition
from accord.goals.queries.decomposition.choices import cycle_choices, splittables
from accord.goals.queries.decomposition.outcome import outcome_of
from accord.goals.queries.decomposition.planning import Plan, plan
from accord.goals.queries.decomposition.table import table_of, treemap
from accord.goals.services.cycles import cycle_after
from accord.goals.services.decomposition import applying, changing, starting

_PER_PAGE = 20


@require_safe
def decompositions_page(request: HttpRequest) -> HttpResponse:
    """What has been split and handed out, and what is being prepared."""
    page = Paginator(visible_decompositions(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_decompose": may_decompose(request.user)}
    return render(request, "goals/decomposition_index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_decomposition(request: HttpRequest) -> HttpResponse:
    """Three answers: what, how much, whose. Everything else can be seen and changed on the next page."""
    me = decomposer(request.user)
    today = organisation_day()
    roots, cycles = roots_for(request.user), cycle_choices(today)
    form = StartForm(
        splittables(roots), roots, cycles, request.POST or None, initial={"root": roots.order_by("path").first()}
    )
    if form.is_valid():
        cleaned = form.cleaned_data
        made = starting.start(cleaned["cycle"], cleaned["root"], form.chosen(), cleaned["target"], me)
        return redirect("goals:decomposition", pk=made.pk)
    context = {"form": form, "next_cycle": not cycles.filter(starts_on__gt=today).exists()}
    return render(request, "goals/decomposition_new.html", context, status=422 if form.is_bound else 200)


@require_POST
def open_next_cycle(request: HttpRequest) -> HttpResponse:
    """Make the quarter after the last cycle, so that its targets can be split ahead of it."""
    decomposer(request.user)
    made = cycle_after(organisation_day())
    messages.success(request, _("Cycle %(name)s is open.") % {"name": made.name})
    return redirect("goals:decomposition_new")


@require_safe
def decomposition_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of a decomposition with its rules and sliders; once handed out, who got what."""
    decomposition, _me = decomposition_for(request.user, pk)
    if decomposition.state == Decomposition.State.APPLIED:
        context: dict[str, Any] = {"decomposition": decomposition, "outcome": outcome_of(decomposition)}
        return render(request, "goals/decomposition_applied.html", context)
    try:
        stored = plan(decomposition)
    except CannotSplit as problem:
        context = {"decomposition": decomposition, "problem": changing.cannot_decompose(decomposition, problem)}
        return render(request, "goals/decomposition_stuck.html", context)
    return render(request, "goals/decomposition_page.html", _context(request, decomposition, stored))


@require_POST
def change_decomposition(request: HttpRequest, pk: int) -> HttpResponse:
    """Set rules, cells, locks, weights and leave as the page was sent."""
    decomposition, me = decomposition_for(request.user, pk)
    settings = read_settings(decomposition.settings)
    stored = changing.checked_plan(decomposition, settings)
    form = rules_of(stored, request.POST)
    if not form.is_valid():
        context = _context(request, decomposition, stored) | {"form": form}
        return render(request, "goals/decomposition_page.html", context, status=422)
    chosen = cells_into(form.apply_to(settings), request.POST, stored)
    changing.change(decomposition, edition_of(request), chosen, me, target=form.cleaned_data["target"])
    return redirect("goals:decomposition", pk=pk)


@require_POST
def adopt_what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """Make what the sliders show the target."""
    decomposition, me = decomposition_for(request.user, pk)
    settings = read_settings(decomposition.settings)
    would_be = changing.checked_plan(decomposition, settings, what_if(request.POST, settings.factors))
    changing.change(decomposition, edition_of(request), would_be.settings, me, target=would_be.target)
    messages.success(request, _("The target is now as you tried it."))
    return redirect("goals:decomposition", pk=pk)


@require_POST
def unlock_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Let every locked cell go, the way out of a table without an answer."""
    decomposition, me = decomposition_for(request.user, pk)
    changing.unlock_all(decomposition, edition_of(request), me)
    return redirect("goals:decomposition", pk=pk)


@require_POST
def apply_decomposition(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft agreements for everybody."""
    decomposition, me = decomposition_for(request.user, pk)
    applying.apply(decomposition, edition_of(request), me)
    messages.success(request, _("Handed out. Each of them can now talk it over and sign."))
    return redirect("goals:decomposition", pk=pk)


@require_POST
def discard_decomposition(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft away."""
    decomposition, me = decomposition_for(request.user, pk)
    starting.discard(decomposition, edition_of(request), me)
    messages.success(request, _("The draft is gone."))
    return redirect("goals:decompositions")


def _context(request: HttpRequest, decomposition: Decomposition, stored: Plan) -> dict[str, Any]:
    more, shown, problem = what_if(request.GET, stored.settings.factors), stored, None
    if more.is_any:
        try:
            shown = plan(decomposition, more)
        except CannotSplit as found:
            problem = changing.cannot_decompose(decomposition, found)
    return {
        "problem": problem,
        "decomposition": decomposition,
        "plan": shown,
        "form": rules_of(stored),
        "what_if": more,
        "table": table_of(shown, asked_for(request, "unit"), stored if shown is not stored else None),
        "areas": treemap(shown),
    }
