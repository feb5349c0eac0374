"""Learning: one's own shelf, the library, one resource, and what one does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.coaching.access.competencies import may_keep
from accord.coaching.access.learning import learner, recommendation_for, resource_for
from accord.coaching.errors.learning import NothingToOpen
from accord.coaching.forms.learning import FinishForm, SeekForm
from accord.coaching.queries.learning import Sought, laid_out, library, shelf_of
from accord.coaching.queries.plan_learning import is_in_plan
from accord.coaching.services import learning
from accord.coaching.services.learning_system import course_link, the_system
from accord.foundation.requests import SignedInRequest
from accord.people.access import can_manage_people, own_employee

PER_PAGE = 20


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What was chosen for me, what I have begun and what I have finished."""
    me = own_employee(request.user)
    shelf = shelf_of(me) if me else None
    finished = Paginator(shelf.finished, PER_PAGE).get_page(request.GET.get("page")) if shelf else None
    return render(request, "coaching/learning_mine.html", {"shelf": shelf, "finished": finished})


@require_safe
def library_page(request: SignedInRequest) -> HttpResponse:
    """Everything there is to learn from."""
    me, form = learner(request.user), SeekForm(request.GET or None)
    found = library(form.sought() if form.is_bound else Sought())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"form": form, "page": page, "lying": laid_out(list(page), me)}
    context |= {"may_keep": may_keep(request.user), "may_connect": can_manage_people(request.user)}
    return render(request, "coaching/learning_library.html", context)


@require_safe
def resource_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One resource: what it is for, what others made of it, and where I am with it."""
    return _page(request, pk)


@require_POST
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a resource that is here, or that lies on no web."""
    resource, me = resource_for(request.user, pk)
    learning.begin(resource, me)
    return redirect("coaching:resource", pk=pk)


@require_safe
def go(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a resource that lies elsewhere, and go there; to a course of the learning system signed in."""
    resource, me = resource_for(request.user, pk)
    if not resource.address and not resource.course:
        raise NothingToOpen(title=resource.title)
    place = course_link(resource, me) if resource.course and _is_connected() else resource.address
    if not place:
        raise NothingToOpen(title=resource.title)
    learning.begin(resource, me)
    answer = redirect(place)
    answer["Referrer-Policy"], answer["Cache-Control"] = "no-referrer", "no-store"
    return answer


@require_POST
def finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Finished, and what it was worth."""
    resource, me = resource_for(request.user, pk)
    form = FinishForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form)
    learning.finish(resource, me, **form.said())
    messages.success(request, _("Kept on your list. What you said counts for others, without your name."))
    return redirect("coaching:learning")


@require_POST
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not this one."""
    learning.decline(recommendation_for(request.user, pk))
    messages.success(request, _("It will not be recommended to you again."))
    return redirect("coaching:learning")


def _page(request: SignedInRequest, pk: int, wrong: FinishForm | None = None) -> HttpResponse:
    resource, me = resource_for(request.user, pk)
    lying = laid_out([resource], me)[0]
    said = {"helped": lying.mine.helped, "stars": lying.mine.stars} if lying.mine else {}
    is_course = bool(resource.course) and _is_connected()
    context: dict[str, Any] = {"resource": resource, "mine": lying.mine, "quality": lying.quality}
    # Away is what is opened somewhere else.
    context |= {"is_course": is_course, "is_away": bool(resource.address) or is_course}
    context |= {"form": wrong or FinishForm(initial=said), "may_keep": may_keep(request.user)}
    context |= {"is_in_plan": is_in_plan(me, pk)}
    return render(request, "coaching/learning_resource.html", context, status=422 if wrong else 200)


def _is_connected() -> bool:
    system = the_system()
    return system is not None and system.is_active
