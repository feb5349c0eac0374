"""The rules of a source: which metric is taken from which rows, tried on the sample before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.foundation.requests import asked_for, edition_of
from accord.metrics.access.connections import connection_to_set_up, mapping_to_set_up
from accord.metrics.forms.mappings import MappingForm
from accord.metrics.forms.previews import RulePreview, preview_of
from accord.metrics.models import Connection
from accord.metrics.presets import preset_of
from accord.metrics.queries.sources import mappings_of
from accord.metrics.queries.suggestions import suggestion, suggestions
from accord.metrics.requests import is_partial
from accord.metrics.services.connections import mappings
from accord.metrics.services.connections.mappings import Wanted
from accord.metrics.services.connections.sampling import Sample, sample_of
from accord.metrics.source_steps import steps_of

_FORM = ["GET", "HEAD", "POST"]


@require_safe
def mappings_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules there are, and those that the preset suggests."""
    connection, _me = connection_to_set_up(request.user, pk)
    context = {
        "connection": connection,
        "mappings": mappings_of(connection),
        "suggestions": suggestions(connection),
        "preset": preset_of(connection.preset),
        "steps": steps_of(connection, "mappings"),
    }
    return render(request, "metrics/source_mappings.html", context)


@require_POST
def adopt_suggestions(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all that the preset suggests, as it suggests it."""
    connection, me = connection_to_set_up(request.user, pk)
    source = connection.source.name
    wanted = [
        Wanted(each.told.stream, each.told.rule, each.metric or replace(each.told.definition(), source=source))
        for each in suggestions(connection)
    ]
    taken = mappings.take_metrics(connection, wanted, me)
    messages.success(request, _("%(count)s metrics are taken from this source.") % {"count": taken})
    return redirect("metrics:source_mappings", pk)


@require_http_methods(_FORM)
def new_mapping_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A new rule, begun from a suggestion of the preset or from nothing."""
    connection, me = connection_to_set_up(request.user, pk)
    sample = sample_of(connection)
    suggested = suggestion(connection, asked_for(request, "like"))
    form = MappingForm(connection, sample.fields(connection), request.POST or None, suggested=suggested)
    preview = preview_of(form, sample)
    if form.is_bound and "try" not in request.POST and form.is_valid():
        mapping = mappings.take_metric(connection, form.wanted(), me)
        messages.success(request, _("“%(metric)s” is taken from this source.") % {"metric": mapping.metric.name})
        return redirect("metrics:source_mappings", pk)
    return _page(request, connection, form, sample, preview, {})


@require_http_methods(_FORM)
def mapping_page(request: HttpRequest, pk: int, mapping_pk: int) -> HttpResponse:
    """A rule, what it makes of the sample, and a chance to change it."""
    mapping, me = mapping_to_set_up(request.user, pk, mapping_pk)
    connection = mapping.connection
    sample = sample_of(connection)
    form = MappingForm(connection, sample.fields(connection), request.POST or None, mapping)
    preview = preview_of(form, sample)
    if form.is_bound and "try" not in request.POST and form.is_valid():
        mappings.change_mapping(mapping, edition_of(request, "version"), form.cleaned_data["stream"], form.rule(), me)
        messages.success(request, _("Saved; it counts from the next run on."))
        return redirect("metrics:source_mappings", pk)
    return _page(request, connection, form, sample, preview, {"mapping": mapping})


@require_POST
def remove_mapping(request: HttpRequest, pk: int, mapping_pk: int) -> HttpResponse:
    """Take a metric from this source no longer."""
    mapping, me = mapping_to_set_up(request.user, pk, mapping_pk)
    mappings.remove_mapping(mapping, me)
    told = {"metric": mapping.metric.name}
    messages.success(request, _("“%(metric)s” is no longer taken from this source; its values stay.") % told)
    return redirect("metrics:source_mappings", pk)


def _page(
    request: HttpRequest,
    connection: Connection,
    form: MappingForm,
    sample: Sample,
    preview: RulePreview | None,
    more: Mapping[str, Any],
) -> HttpResponse:
    context = {
        "connection": connection,
        "form": form,
        "preview": preview,
        "failure": sample.failure,
        "steps": steps_of(connection, "mappings"),
        **more,
    }
    if is_partial(request):
        return render(request, "metrics/source_preview.html", context)
    is_refused = form.is_bound and "try" not in request.POST
    return render(request, "metrics/source_mapping.html", context, status=422 if is_refused else 200)
