"""The alignment map, and placing an objective below another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.foundation.clock import organisation_day
from accord.foundation.requests import asked_for, whole_number
from accord.foundation.views.refusals import wants_json
from accord.goals.access import objective_numbers as numbers
from accord.goals.access import objectives as access
from accord.goals.forms.objective_rows import edition_of
from accord.goals.models import Objective
from accord.goals.queries import alignment
from accord.goals.queries.cycles import cycles
from accord.goals.services.objectives.placing import place_below
from accord.goals.views.objectives import asked_cycle


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The map of a cycle: from the top, from one objective down (`root`), or opened to one (`at`)."""
    rights, today, search = access.rights_of(request.user), organisation_day(), asked_for(request, "q")
    root, at = _asked_objective(request, "root"), _asked_objective(request, "at")
    named = root or at
    cycle = named.cycle if named else asked_cycle(request)
    context: dict[str, Any] = {
        "cycle": cycle,
        "cycles": cycles(),
        "search": search,
        "root": root,
        "at": at,
        "rights": rights,
    }
    if cycle:
        at_pk = at.pk if at else None
        context["map"] = alignment.map_below(root, today) if root else alignment.whole_map(cycle, today, at_pk)
        numbers.withhold_on_map(request.user, context["map"].branches)
        context["found"] = alignment.found_in(cycle, search) if search else []
    return render(request, "goals/objectives_map_page.html", context)


@require_safe
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """What lies directly below an objective, as a part of the map, from a place on."""
    objective, rights = access.objective_for(request.user, pk), access.rights_of(request.user)
    start = asked_for(request, "from")
    start_at = whole_number(start) or 0
    some, left = alignment.branch_of(objective, organisation_day(), start_at)
    numbers.withhold_on_map(request.user, some)
    context = {"branches": some, "left": left, "after": start_at + len(some), "above": objective, "rights": rights}
    return render(request, "goals/objectives_branch.html", context)


@require_http_methods(("GET", "HEAD", "POST"))
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Place an objective below another: by search and choice, or dragged on the map."""
    objective, me = access.objective_to_change(request.user, pk)
    if request.method != "POST":
        search = asked_for(request, "q")
        found = [each for each in alignment.found_in(objective.cycle, search) if each.pk != pk]
        context = {"objective": objective, "found": found, "search": search}
        return render(request, "goals/objectives_move_page.html", context)
    chosen = request.POST.get("parent", "")
    parent = access.objective_for(request.user, int(chosen)) if _is_key(chosen) else None
    edition = place_below(objective, edition_of(request), parent, me)
    sentence = _moved(objective, parent)
    if wants_json(request):
        return JsonResponse({"edition": edition, "sentence": sentence})
    messages.success(request, sentence)
    return redirect(f"{request.path.removesuffix(f'{pk}/move/')}map/?at={pk}#objective-{pk}")


def _moved(objective: Objective, parent: Objective | None) -> str:
    if parent is None:
        return _("“%(title)s” now stands for itself.") % {"title": objective.title}
    return _("“%(title)s” now serves “%(parent)s”.") % {"title": objective.title, "parent": parent.title}


def _asked_objective(request: HttpRequest, name: str) -> Objective | None:
    text = asked_for(request, name)
    return access.objective_for(request.user, int(text)) if _is_key(text) else None


def _is_key(text: str) -> bool:
    return whole_number(text) is not None
