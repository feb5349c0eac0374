"""What one does in a flow: each a POST of a small form, without a script as well.

Somebody who was faster is no accident: the answer is the page as it stands now, with the sentence that says so.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accord.foundation.errors import BusinessError
from accord.foundation.redirects import way_back
from accord.foundation.requests import SignedInRequest
from accord.people.models import Employee
from accord.workflow.access.flows import acting, instance_for, task_for
from accord.workflow.forms.flows import OpinionForm
from accord.workflow.models import FlowInstance, FlowTask
from accord.workflow.queries.flow_lists import is_answered, picked_from
from accord.workflow.queries.flow_steps import with_something_to_write
from accord.workflow.queries.flows import inbox
from accord.workflow.services import flows
from accord.workflow.views.flows.actions import ON_INSTANCES, ON_TASKS, Action
from accord.workflow.views.flows.desk import inbox_page
from accord.workflow.views.flows.instances import Wrong, instance_page

UNPROCESSABLE = 422
"""The status of a refusal that its author mends in the form they sent."""


@require_POST
def act(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """Do something with a task: agree, reject, return, pass on, call somebody in."""
    task = task_for(request.user, pk)
    return _act(request, _known(ON_TASKS, verb), verb, task, task.instance)


@require_POST
def act_on_flow(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """Do something with a flow: comment, withdraw, send a reminder."""
    instance = instance_for(request.user, pk)
    return _act(request, _known(ON_INSTANCES, verb), verb, instance, instance)


@require_POST
def agree_many(request: SignedInRequest) -> HttpResponse:
    """Agree to what was picked in the inbox, each by itself; what did not go through is shown with its reason."""
    me = acting(request.user)
    form = OpinionForm(request.POST)
    asked = list(picked_from(inbox(me), request.POST.getlist("task")))
    on_page = with_something_to_write(asked)
    picked = [task for task in asked if task.pk not in on_page]
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    batch = flows.agree_many(picked, me, reason)
    _tell_batch(request, len(batch.done), len(request.POST.getlist("task")) - len(picked))
    if batch.not_done:
        return inbox_page(request, refused=batch.not_done)
    return redirect("workflow:inbox")


def _act(
    request: SignedInRequest, action: Action[Any], verb: str, subject: FlowTask | FlowInstance, instance: FlowInstance
) -> HttpResponse:
    me = acting(request.user)
    form = action.form_for(subject, verb, request.POST)
    if not form.is_valid():
        return instance_page(request, instance, wrong=Wrong(verb, action.title, form, request.path))
    try:
        action.command(subject, me, form.cleaned_data)
    except BusinessError as error:
        if error.status == UNPROCESSABLE:
            form.add_error(None, f"{error} {error.advice()}")
            return instance_page(request, instance, wrong=Wrong(verb, action.title, form, request.path))
        if not _is_done_already(subject, verb, me):
            return instance_page(request, instance_for(request.user, instance.pk), refused=error)
    messages.success(request, str(action.said))
    return way_back(request, reverse("workflow:instance", args=[instance.pk]))


def _is_done_already(subject: FlowTask | FlowInstance, verb: str, me: Employee) -> bool:
    """Whether this is the second press of a button whose first did exactly this: then it is done and no refusal."""
    wanted = {"agree": FlowTask.State.AGREED, "reject": FlowTask.State.REJECTED}.get(verb)
    return wanted is not None and isinstance(subject, FlowTask) and is_answered(subject, wanted, me)


def _known(actions: dict[str, Any], verb: str) -> Any:
    if verb not in actions:
        raise Http404
    return actions[verb]


def _tell_batch(request: SignedInRequest, done: int, gone: int) -> None:
    if done:
        text = ngettext("Agreed to %(count)s request.", "Agreed to %(count)s requests.", done)
        messages.success(request, text % {"count": done})
    if gone:
        text = ngettext(
            "%(count)s picked request no longer waits for you.",
            "%(count)s picked requests no longer wait for you.",
            gone,
        )
        messages.warning(request, text % {"count": gone})
    if not done and not gone:
        messages.info(request, _("Pick something first."))
