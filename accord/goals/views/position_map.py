"""The position map: all of it, one position, its versions, and its next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.foundation.errors import BusinessError
from accord.foundation.requests import asked_for, whole_number
from accord.goals.access.position_map import editor_of_map, map_version_for, may_edit_map, position_for
from accord.goals.access.redesigns import possible_holders, visible_redesigns
from accord.goals.errors.position_map import MapRefused, MapUnchanged, StaleMap
from accord.goals.forms.position_map import MapForm
from accord.goals.queries.map_content import map_of, outputs_of
from accord.goals.queries.position_map import mapped_families, mapped_positions, unmapped_positions, versions_of
from accord.goals.queries.redesigns import newest_number
from accord.goals.services import map_versions
from accord.metrics.queries.library import library

_PER_PAGE = 60


@require_safe
def position_map_page(request: HttpRequest) -> HttpResponse:
    """The position → KPI map, family by family."""
    search, family = asked_for(request, "q"), asked_for(request, "family")
    page = Paginator(mapped_positions(search, family), _PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "family": family, "families": mapped_families()}
    context["redesigns"] = visible_redesigns(request.user).filter(state="open")[:6]
    context["unmapped"] = [] if search or family else unmapped_positions()[:40]
    return render(request, "goals/position_map_page.html", context)


@require_safe
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """What one position is there for, what shows it, how that came about, and the way to redesign it."""
    row = position_for(pk)
    context = {
        "position": row,
        "outputs": outputs_of(row),
        "versions": versions_of(row),
        "holders": possible_holders(request.user, row)[:50],
        "redesigns": visible_redesigns(request.user).filter(position=row).exclude(state="dropped")[:5],
        "may_edit": may_edit_map(request.user),
    }
    return render(request, "goals/position_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version of the map of a position."""
    row, me = position_for(pk), editor_of_map(request.user)
    form = MapForm(request.POST or None, map_of(row))
    seen = _number(request.POST.get("seen")) if request.POST else newest_number(row)
    context: dict[str, Any] = {"position": row, "form": form, "seen": seen, "metrics": library()}
    if request.method == "POST" and form.is_valid():
        try:
            made = map_versions.publish(
                row, form.read(), request.POST.get("note", "").replace("\0", "")[:200], me, seen
            )
        except (MapRefused, MapUnchanged, StaleMap) as problem:
            return _again(request, context, problem)
        messages.success(request, _("Version %(number)d of the map is in force.") % {"number": made.number})
        return redirect("goals:position", pk=pk)
    return render(request, "goals/position_edit.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version of a map as it was, and what it changed."""
    row = map_version_for(pk, number)
    seen = next(each for each in versions_of(row.position) if each.version.number == number)
    context = {"position": row.position, "seen": seen, "newest": newest_number(row.position)}
    return render(request, "goals/position_version.html", context | {"may_edit": may_edit_map(request.user)})


@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make an old version the newest one."""
    row, me = map_version_for(pk, number), editor_of_map(request.user)
    note = _("As in version %(number)d") % {"number": number}
    made = map_versions.restore(row, note, me, _number(request.POST.get("seen")))
    messages.success(request, _("Version %(number)d of the map is in force.") % {"number": made.number})
    return redirect("goals:position", pk=pk)


def _again(request: HttpRequest, context: dict[str, Any], problem: BusinessError) -> HttpResponse:
    return render(request, "goals/position_edit.html", context | {"problem": problem}, status=problem.status)


def _number(text: str | None) -> int:
    found = whole_number(text or "")
    if found is None:
        raise Http404
    return found
