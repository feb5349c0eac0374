"""Keeping the library, and the learning system beside it."""

from __future__ import annotations

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accord.coaching.access.competencies import ensure_may_keep
from accord.coaching.access.learning import ensure_may_connect, learner, resource_to_change, system_behind
from accord.coaching.errors.learning import ResourceChanged, SystemChanged, SystemHostNotAllowed
from accord.coaching.forms.learning import ResourceForm, SystemForm
from accord.coaching.services.learning_hook import MOST_BYTES, not_understood, take_delivery
from accord.coaching.services.learning_system import change_system, renew_secret, set_up, the_system
from accord.coaching.services.library import add_resource, change_resource, retire_resource
from accord.foundation.errors import BusinessError
from accord.foundation.requests import SignedInRequest, edition_of
from accord.foundation.written import gives_back

_IN_FULL = {"ensure_ascii": False}
_words = gives_back("title", "summary", "author", "text")


@require_http_methods(["GET", "HEAD", "POST"])
@_words
def add(request: SignedInRequest) -> HttpResponse:
    """Put something into the library."""
    learner(request.user)
    ensure_may_keep(request.user)
    form = ResourceForm(request.POST if request.method == "POST" else None)
    if first := form.already_added(request.user):
        return redirect("coaching:resource", pk=first.pk)
    if request.method == "POST" and form.is_valid():
        made = add_resource(form.words(), request.user)
        messages.success(request, _("Saved."))
        return redirect("coaching:resource", pk=made.pk)
    return _form(request, {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@_words
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Describe a resource anew."""
    resource = resource_to_change(request.user, pk)
    form = ResourceForm(request.POST if request.method == "POST" else None, instance=copy(resource))
    context: dict[str, Any] = {"form": form, "resource": resource}
    if request.method == "POST" and form.is_valid():
        try:
            change_resource(resource, form.words(), form.cleaned_data["edition"] or 0, request.user)
        except ResourceChanged as problem:
            return _form(request, context | {"problem": problem})
        messages.success(request, _("Saved."))
        return redirect("coaching:resource", pk=pk)
    return _form(request, context)


@require_POST
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Offer a resource no more, or again."""
    resource = resource_to_change(request.user, pk)
    retire_resource(resource, edition_of(request), request.user, is_retired=request.POST.get("retire") == "yes")
    messages.success(request, _("Saved."))
    return redirect("coaching:resource", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def system_page(request: SignedInRequest) -> HttpResponse:
    """The company's own learning system, for administrators."""
    ensure_may_connect(request.user)
    system = the_system()
    form = SystemForm(request.POST if request.method == "POST" else None, instance=copy(system))
    secret, problem = "", None
    if request.method == "POST" and form.is_valid():
        try:
            secret = _keep(request, form)
        except (SystemChanged, SystemHostNotAllowed) as refused:
            problem = refused
        else:
            messages.success(request, _("Saved."))
            if not secret:
                return redirect("coaching:learning_system")
    return _system(request, {"form": form, "secret": secret, "problem": problem})


@require_POST
def new_secret(request: SignedInRequest) -> HttpResponse:
    """A new secret, shown once."""
    ensure_may_connect(request.user)
    system = the_system()
    if system is None:
        raise SystemChanged
    secret = renew_secret(system, edition_of(request), request.user)
    return _system(request, {"form": SystemForm(instance=the_system()), "secret": secret})


@csrf_exempt
@login_not_required
@require_POST
def hook(request: HttpRequest, hook: UUID) -> JsonResponse:
    """Take what the learning system tells; whatever is wrong is answered as JSON."""
    try:
        body = request.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise not_understood(_("it is too long"))
        answer = take_delivery(system_behind(hook, request.headers.get("Accord-Signature", ""), body), body)
    except BusinessError as error:
        return JsonResponse(error.as_json(), status=error.status, json_dumps_params=_IN_FULL)
    return JsonResponse(answer, json_dumps_params=_IN_FULL)


def _keep(request: SignedInRequest, form: SystemForm) -> str:
    """Keep what the form says; the secret where it was made now."""
    told, system = form.cleaned_data, the_system()
    if system is None:
        return set_up(told["name"], told["address"], request.user)[1]
    change_system(
        system,
        told["name"],
        told["address"],
        is_active=told.get("is_active", True),
        edition=told["edition"] or 0,
        by=request.user,
    )
    return ""


def _system(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    system = the_system()
    if context.get("secret"):
        context["form"] = SystemForm(instance=system)
    address = request.build_absolute_uri(reverse("coaching:learning_hook", args=[system.hook])) if system else ""
    problem = context.get("problem")
    status = problem.status if problem else 422 if context["form"].errors else 200
    context |= {"system": system, "hook": address}
    return render(request, "coaching/learning_system.html", context, status=status)


def _form(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    status = 409 if context.get("problem") else 422 if request.method == "POST" else 200
    return render(request, "coaching/learning_form.html", context, status=status)
