"""Pages about sources that are connected: the list, one source with its runs, and what can be done to it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.foundation.requests import edition_of
from accord.metrics.access.connections import (
    connection_for,
    connection_to_set_up,
    may_allow_hosts,
    may_change,
    source_keeper,
    visible_connections,
)
from accord.metrics.connectors.registry import KINDS
from accord.metrics.jobs.sources import read_soon
from accord.metrics.presets import preset_of
from accord.metrics.queries.sources import RUNS_PER_PAGE, mappings_of, runs_of, source_lines, waiting_identities
from accord.metrics.services.connections import running

_SOURCES_PER_PAGE = 20


@require_safe
def sources_page(request: HttpRequest) -> HttpResponse:
    """Every connected source: how it is doing, what it feeds and how far its numbers reach."""
    source_keeper(request.user)
    found = visible_connections(request.user).order_by("state", "source__name", "id")
    page = Paginator(found, _SOURCES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": source_lines(list(page.object_list)),
        "kinds": KINDS,
        "may_allow_hosts": may_allow_hosts(request.user),
    }
    return render(request, "metrics/sources_page.html", context)


@require_safe
def source_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: how it is doing, its runs, and the way to every step of its setting up."""
    connection = connection_for(request.user, pk)
    context = {
        "connection": connection,
        "preset": preset_of(connection.preset),
        "kind": KINDS[connection.kind],
        "line": source_lines([connection])[0],
        "mappings": mappings_of(connection),
        "page": Paginator(runs_of(connection), RUNS_PER_PAGE).get_page(request.GET.get("page")),
        "waiting": waiting_identities().filter(connection=connection).count(),
        "may_change": may_change(request.user, connection),
    }
    return render(request, "metrics/source_page.html", context)


@require_POST
def run_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the source as soon as a worker is free: what is new, or with `full` everything from the beginning."""
    connection, me = connection_to_set_up(request.user, pk)
    running.require_ready(connection)
    read_soon(connection, me, full="full" in request.POST)
    messages.success(request, _("It will be read in a moment; this page shows the run as soon as it has begun."))
    return redirect("metrics:source", pk)


@require_POST
def start_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the source run by its rhythm, for the first time at once."""
    connection, me = connection_to_set_up(request.user, pk)
    running.activate(connection, edition_of(request), timezone.now(), me)
    if not KINDS[connection.kind].is_pushed:
        read_soon(connection, me)
    messages.success(request, _("“%(source)s” runs from now on.") % {"source": connection.source.name})
    return redirect("metrics:source", pk)


@require_POST
def pause_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop reading the source until somebody starts it again."""
    connection, me = connection_to_set_up(request.user, pk)
    running.pause(connection, edition_of(request), me)
    messages.success(request, _("“%(source)s” is paused.") % {"source": connection.source.name})
    return redirect("metrics:source", pk)


@require_POST
def end_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard a source that brought nothing, put one away whose numbers are here."""
    connection, me = connection_to_set_up(request.user, pk)
    name = connection.source.name
    if running.end_connection(connection, edition_of(request), me):
        messages.success(request, _("“%(source)s” is discarded; it had brought nothing.") % {"source": name})
        return redirect("metrics:sources")
    messages.success(request, _("“%(source)s” is put away; its numbers keep their origin.") % {"source": name})
    return redirect("metrics:source", pk)
