"""The directory, the tree of units, the positions: what everybody who is signed in may know."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accord.foundation.requests import SignedInRequest, asked_for
from accord.people.access import can_manage_people, visible_employees
from accord.people.forms import SearchForm
from accord.people.queries.directory import active_units, directory, positions, units_below, way_to
from accord.people.views.tabs import tabs

PER_PAGE = 25


@require_GET
def people(request: SignedInRequest) -> HttpResponse:
    """Search people by name, number, unit or position. No performance here: names lead on only to those one may see."""
    form = SearchForm(request.GET)
    told = form.told()
    manages = can_manage_people(request.user)
    told["left"] = told["left"] and manages
    page = Paginator(directory(**told), PER_PAGE).get_page(request.GET.get("page"))
    shown = [person.pk for person in page]
    context = {
        "form": form,
        "page": page,
        "told": told,
        "can_manage": manages,
        "visible": set(visible_employees(request.user).filter(pk__in=shown).values_list("pk", flat=True)),
        "way": way_to(told["unit"]) if told["unit"] else [],
        "tabs": tabs(request.user, "directory"),
    }
    return render(request, "people/directory.html", context)


@require_GET
def units(request: SignedInRequest) -> HttpResponse:
    """The tree of units from the top; branches come as they are opened."""
    top = list(units_below(None))
    # One company fills no page; what is below it does.
    opened = units_below(top[0]) if len(top) == 1 else None
    return render(request, "people/units.html", {"units": top, "opened": opened, "tabs": tabs(request.user, "units")})


@require_GET
def unit(request: SignedInRequest, pk: int) -> HttpResponse:
    """One unit: the way to it, the units in it, and its people."""
    shown = get_object_or_404(active_units(), pk=pk)
    page = Paginator(directory(unit=shown), PER_PAGE).get_page(request.GET.get("page"))
    on_page = [person.pk for person in page]
    context = {
        "unit": shown,
        "way": way_to(shown)[:-1],
        "units": units_below(shown),
        "page": page,
        "visible": set(visible_employees(request.user).filter(pk__in=on_page).values_list("pk", flat=True)),
        "can_manage": can_manage_people(request.user),
    }
    return render(request, "people/unit.html", context)


@require_GET
def branch(request: SignedInRequest, pk: int) -> HttpResponse:
    """The units right below one, for the tree."""
    return render(request, "people/branch.html", {"units": units_below(get_object_or_404(active_units(), pk=pk))})


@require_GET
def position_list(request: SignedInRequest) -> HttpResponse:
    """The positions and how many people have them."""
    search = asked_for(request, "q")
    page = Paginator(positions(search), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "tabs": tabs(request.user, "positions")}
    return render(request, "people/positions.html", context)
