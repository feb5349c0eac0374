"""Starting a flow: what is offered, and the page on which it is filled in and sent off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accord.foundation.errors import BusinessError
from accord.foundation.language import readers_language
from accord.foundation.requests import SignedInRequest
from accord.people.access import own_employee
from accord.workflow.access.starting import Startable, startable_for
from accord.workflow.errors.forms import AnswersNotAccepted, Problems
from accord.workflow.forms.flows import StartForm
from accord.workflow.queries.fills import form_page
from accord.workflow.queries.flow_lists import started_just_now
from accord.workflow.queries.flow_preview import choices_of, flow_preview
from accord.workflow.queries.offered_flows import draft_subject, flows_begun, form_version, offered_flows
from accord.workflow.queries.schema import START
from accord.workflow.services.fills import start_fill
from accord.workflow.services.flow_turns import send_off
from accord.workflow.services.turns import take_posted
from accord.workflow.templatetags.design import definition_name

SUBMIT = "submit"


@require_safe
def start_list(request: SignedInRequest) -> HttpResponse:
    """What I may start."""
    me = own_employee(request.user)
    if me is None:
        return render(request, "workflow/flows/nobody.html")
    begun = flows_begun(me)
    offered = [(flow, f"flows:{flow.pk}" in begun) for flow in offered_flows(me)]
    return render(request, "workflow/flows/start_list.html", {"offered": offered})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Fill in, see the way it will take, send it off. A POST keeps what was written, then does what the button says."""
    startable = startable_for(request.user, pk)
    if request.method != "POST":
        return _page(request, startable, StartForm(choices_of(startable.version), initial=_first_title(startable)))
    if startable.needs_fill:
        return _begun(request, startable)
    return _posted(request, startable)


def _begun(request: SignedInRequest, startable: Startable) -> HttpResponse:
    """Begin a draft; where the last one was just sent off, the button was pressed twice."""
    if request.POST.get("do") == SUBMIT:
        return redirect("workflow:started")
    here = reverse("workflow:start", args=[startable.flow.pk])
    start_fill(form_version(startable.flow), startable.me, subject=draft_subject(startable.flow), url=here)
    return redirect(here)


def _posted(request: SignedInRequest, startable: Startable) -> HttpResponse:
    wanted, fill = request.POST.get("do", "save"), startable.fill
    form = StartForm(choices_of(startable.version), request.POST)
    problems: Problems = {}
    if fill is not None:
        problems = take_posted(fill, START, request.POST, request.FILES, startable.me, wanted)
        startable = startable_for(request.user, startable.flow.pk)
    if wanted != SUBMIT or problems:
        return _page(request, startable, form, problems)
    return _sent_off(request, startable, form) if form.is_valid() else _page(request, startable, form, status=422)


def _sent_off(request: SignedInRequest, startable: Startable, form: StartForm) -> HttpResponse:
    version, me, title = startable.version, startable.me, form.cleaned_data["title"]
    if twice := started_just_now(version, me, title):
        return redirect("workflow:instance", pk=twice.pk)
    try:
        instance = send_off(version, me, startable.fill, title, form.chosen())
    except AnswersNotAccepted as error:
        return _page(request, startable, form, error.problems)
    except BusinessError as error:
        form.add_error(None, f"{error} {error.advice()}")
        return _page(request, startable, form, status=error.status)
    messages.success(request, _("Sent off. You see here where it stands."))
    return redirect("workflow:instance", pk=instance.pk)


def _page(
    request: SignedInRequest, startable: Startable, form: StartForm, problems: Problems | None = None, status: int = 200
) -> HttpResponse:
    chosen = form.chosen() if form.is_bound else {}
    context: dict[str, Any] = {"startable": startable, "flow": startable.flow, "form": form}
    if startable.fill:
        context |= form_page(startable.fill, START, readers_language(), reader=request.user, problems=problems)
    if not startable.needs_fill:
        context["stops"] = flow_preview(startable.version, startable.me, startable.fill, chosen)
    return render(request, "workflow/flows/start.html", context, status=422 if problems else status)


def _first_title(startable: Startable) -> dict[str, str]:
    """The title to begin with: “特价申请 · 小张”."""
    return {"title": f"{definition_name(startable.flow)} · {startable.me.name}"}
