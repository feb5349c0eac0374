"""The page of one flow: what it is about, where it stands, what was said, and what its reader may do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.foundation.errors import BusinessError, Text
from accord.foundation.requests import SignedInRequest
from accord.people.models import Employee
from accord.workflow.access.flows import acting, instance_for
from accord.workflow.models import FlowInstance
from accord.workflow.queries.flow_page import FlowPage, flow_page
from accord.workflow.queries.flow_rights import rights_of
from accord.workflow.services import flows
from accord.workflow.views.flows.actions import ON_INSTANCES, ON_TASKS
from accord.workflow.views.flows.forms_in_flows import form_of_turn


@dataclass(frozen=True)
class Wrong:
    """A form that was sent incomplete, to be shown open with what is missing."""

    verb: str
    title: Text
    form: forms.Form
    action: str


@require_safe
def instance(request: SignedInRequest, pk: int) -> HttpResponse:
    """One flow as far as its reader takes part in it. Opening it is reading what one was told for information."""
    return instance_page(request, instance_for(request.user, pk))


def instance_page(
    request: SignedInRequest,
    shown: FlowInstance,
    *,
    wrong: Wrong | None = None,
    refused: BusinessError | None = None,
    problems: Any = None,
) -> HttpResponse:
    """The page as it stands now; with what was sent incomplete (422), or why something was refused (its own status)."""
    me = acting(request.user)
    page = flow_page(shown, me)
    if page.unread and request.method == "GET":
        flows.mark_read(page.unread, me)
    filling = form_of_turn(request.user, page, problems)
    context = _shown(page, me, wrong) | {"refused": refused} | filling
    context["forms"] = _forms(page, is_written=bool(filling and filling["filling"].is_editable))
    status = 422 if wrong or problems else refused.status if refused else 200
    return render(request, "workflow/flows/instance.html", context, status=status)


def _shown(page: FlowPage, me: Employee, wrong: Wrong | None) -> dict[str, Any]:
    shown, is_for_another = page.instance, page.task is not None and page.task.assignee_id != me.pk
    is_comment = wrong is not None and wrong.verb == "comment"
    return {
        "instance": shown,
        "page": page,
        "me": me,
        "task": page.task,
        "is_for_another": is_for_another,
        "can": rights_of(page, me),
        "comment_form": wrong.form if wrong and is_comment else ON_INSTANCES["comment"].form_for(shown, "comment"),
        "wrong": None if is_comment else wrong,
        "has_main": bool(shown.url or shown.fill_id or page.documents or is_for_another),
    }


def _forms(page: FlowPage, *, is_written: bool) -> dict[str, forms.Form]:
    """The empty form behind every button; a dialog that is not offered is not drawn."""
    on_task = {verb: action.form_for(page.task, verb) for verb, action in ON_TASKS.items()} if page.task else {}
    if page.task and is_written:
        # Where the form is written in, its own <form> takes the opinion along.
        on_task["agree"].fields["reason"].widget.attrs["form"] = "turn"
    return on_task | {verb: action.form_for(page.instance, verb) for verb, action in ON_INSTANCES.items()}
