"""My desk: what waits for me, what I did, what I started, what I was told of."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accord.foundation.components.wayfinding import Tab
from accord.foundation.requests import SignedInRequest, asked_for
from accord.people.access import own_employee
from accord.workflow.models import FlowInstance, FlowTask
from accord.workflow.panels import inbox_count
from accord.workflow.queries import flow_lists, flows
from accord.workflow.queries.flow_steps import with_something_to_write

PER_PAGE = 20
KINDS = (FlowTask.Kind.APPROVE, FlowTask.Kind.FILL, FlowTask.Kind.SIGN)


@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    """What waits for me, my own and what I do for others, due first or newest first."""
    return inbox_page(request)


def inbox_page(request: SignedInRequest, status: int = 200, **more: Any) -> HttpResponse:
    """The inbox; after a batch with what did not go through."""
    me = own_employee(request.user)
    if me is None:
        return _nobody(request)
    kind = _one_of(KINDS, request.GET.get("kind", ""))
    tasks = flow_lists.narrowed_tasks(flow_lists.owed(flows.inbox(me)), asked_for(request, "q"), kind)
    newest = request.GET.get("order") == "new"
    page = _paged(request, tasks.order_by("-id") if newest else flow_lists.urgent_first(tasks))
    chips = _chips(request, "kind", kind, [(one.value, one.label) for one in KINDS])
    context = {
        "page": page,
        "chips": chips,
        "newest": newest,
        "me": me,
        "on_page": with_something_to_write(page),
        **more,
    }
    return _list(request, "inbox", context, status)


@require_safe
def done(request: SignedInRequest) -> HttpResponse:
    """What I have decided, filled in or signed, the latest first."""
    me = own_employee(request.user)
    if me is None:
        return _nobody(request)
    page = _paged(request, flow_lists.narrowed_tasks(flows.done(me), asked_for(request, "q")))
    return _list(request, "done", {"page": page, "me": me})


@require_safe
def started(request: SignedInRequest) -> HttpResponse:
    """What I started, with where it stands and whom it waits for."""
    me = own_employee(request.user)
    if me is None:
        return _nobody(request)
    state = _one_of(FlowInstance.State, request.GET.get("state", ""))
    page = _paged(request, flow_lists.narrowed_instances(flows.started_by(me), asked_for(request, "q"), state))
    waited = flow_lists.waited_for(page)
    rows = [(instance, waited.get(instance.pk, [])) for instance in page]
    chips = _chips(request, "state", state, FlowInstance.State.choices)
    return _list(request, "started", {"page": page, "rows": rows, "chips": chips})


@require_safe
def copied(request: SignedInRequest) -> HttpResponse:
    """What I was told of, unread first."""
    me = own_employee(request.user)
    if me is None:
        return _nobody(request)
    page = _paged(request, flow_lists.narrowed_tasks(flow_lists.copied_to(me), asked_for(request, "q")))
    return _list(request, "copied", {"page": page})


def _list(request: SignedInRequest, here: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    shown = {"tabs": _tabs(request, here), "search": asked_for(request, "q"), "here": here}
    return render(request, f"workflow/flows/{here}.html", shown | context, status=status)


def _tabs(request: SignedInRequest, here: str) -> list[Tab]:
    labels = {
        "inbox": pgettext("flow list", "To do"),
        "done": pgettext("flow list", "Done"),
        "started": pgettext("flow list", "Started by me"),
        "copied": pgettext("flow list", "For information"),
    }
    counts = {"inbox": inbox_count(request)}
    return [
        Tab(label, reverse(f"workflow:{name}"), active=name == here, count=counts.get(name))
        for name, label in labels.items()
    ]


def _chips(request: SignedInRequest, name: str, chosen: str, choices: Any) -> list[Tab]:
    """Links that narrow the list by one word and keep what else was asked for."""

    def link(value: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        query.pop(name, None)
        if value:
            query[name] = value
        return f"?{query.urlencode()}"

    return [
        Tab(label, link(value), active=value == chosen)
        for value, label in [("", pgettext("flow list", "All")), *choices]
    ]


def _paged(request: SignedInRequest, rows: QuerySet[Any]) -> Any:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _one_of(choices: Any, value: str) -> str:
    return value if value in {str(getattr(one, "value", one)) for one in choices} else ""


def _nobody(request: SignedInRequest) -> HttpResponse:
    return render(request, "workflow/flows/nobody.html")
