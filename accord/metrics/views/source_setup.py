"""Setting a source up, each step at its own address: what kind, address and secret, rows, rhythm and owner."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.foundation.errors import BusinessError
from accord.foundation.requests import edition_of
from accord.metrics.access.connections import connection_to_set_up, may_allow_hosts, source_keeper
from accord.metrics.connectors.registry import KINDS
from accord.metrics.errors.connections import OwnerCannotSetUp, SecretWantedAgain, SettingsNotUsable, SourceNameTaken
from accord.metrics.forms.connections import FieldsForm, ScheduleForm, SettingsForm, SourceForm
from accord.metrics.forms.samples import connection_hints, sample_tables
from accord.metrics.models import Connection
from accord.metrics.presets import Preset, preset_of, presets
from accord.metrics.requests import push_url
from accord.metrics.services.connections import changing, making
from accord.metrics.services.connections.sampling import probe, sample_of
from accord.metrics.source_steps import steps_of
from accord.people.models import Employee

_FORM = ["GET", "HEAD", "POST"]


@require_safe
def gallery_page(request: HttpRequest) -> HttpResponse:
    """What to connect: systems that are known, and every other by how it can be read."""
    source_keeper(request.user)
    offered = [preset for preset in presets().values() if preset.kind in KINDS]
    context = {
        "known": [preset for preset in offered if not preset.is_generic],
        "generic": [preset for preset in offered if preset.is_generic],
        "steps": steps_of(None, "kind"),
    }
    return render(request, "metrics/source_gallery.html", context)


@sensitive_post_parameters()
@require_http_methods(_FORM)
def new_source_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The first answers; with them the source is there as a draft, and every step can be opened again."""
    me, preset = source_keeper(request.user), preset_of(slug)
    if preset is None or preset.kind not in KINDS:
        raise Http404
    form = SourceForm(preset, request.POST or None)
    if form.is_valid() and (made := _made(form, preset, me)):
        if "test" in request.POST:
            return _tested(request, made, preset)
        return redirect("metrics:source_rows", made.pk)
    context = {"form": form, "preset": preset, "steps": steps_of(None, "address")}
    return render(request, "metrics/source_address.html", context, status=422 if form.is_bound else 200)


def _made(form: SourceForm, preset: Preset, me: Employee) -> Connection | None:
    try:
        name = form.cleaned_data["name"]
        return making.make_connection(name, preset.kind, preset.slug, form.settings(), form.secret(), me, preset.every)
    except SourceNameTaken as refusal:
        form.add_error("name", f"{refusal} {refusal.advice()}")
        return None


@sensitive_post_parameters()
@require_http_methods(_FORM)
def address_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, address and secret again. What is stored of the secret never comes back to the browser."""
    connection, me = connection_to_set_up(request.user, pk)
    preset = preset_of(connection.preset)
    form = SourceForm(preset, request.POST or None, connection)
    if form.is_valid() and _address_saved(form, connection, edition_of(request), me):
        if "test" in request.POST:
            return _tested(request, connection, preset)
        messages.success(request, _("Saved."))
        return redirect("metrics:source_rows", pk)
    context = {
        "form": form,
        "preset": preset,
        "connection": connection,
        "steps": steps_of(connection, "address"),
        "push_url": push_url(request, connection),
    }
    return render(request, "metrics/source_address.html", context, status=422 if form.is_bound else 200)


def _address_saved(form: SourceForm, connection: Connection, edition: int, me: Employee) -> bool:
    try:
        changing.change_address(connection, edition, form.cleaned_data["name"], form.settings(), form.secret(), me)
    except SourceNameTaken as refusal:
        form.add_error("name", f"{refusal} {refusal.advice()}")
    except SecretWantedAgain as refusal:
        form.add_error("secret" if "secret" in form.fields else None, f"{refusal} {refusal.advice()}")
    except SettingsNotUsable as refusal:
        form.add_error(None, f"{refusal} {refusal.advice()}")
    return not form.errors


def _tested(request: HttpRequest, connection: Connection, preset: Preset | None) -> HttpResponse:
    """The same page with what the source answered; nothing that was typed is lost."""
    connection.refresh_from_db()
    context: dict[str, Any] = {
        "form": SourceForm(preset, None, connection),
        "preset": preset,
        "connection": connection,
        "steps": steps_of(connection, "address"),
        "may_allow_hosts": may_allow_hosts(request.user),
        "push_url": push_url(request, connection),
    }
    if KINDS[connection.kind].is_pushed:
        return redirect("metrics:source_address", connection.pk)
    try:
        context["probed"] = probe(connection)
        context["hints"] = connection_hints(connection, context["probed"])
    except BusinessError as failure:
        context["failure"] = failure
    return render(request, "metrics/source_address.html", context)


@require_http_methods(_FORM)
def rows_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Some rows of each stream, what they give away, and which of their fields are kept."""
    connection, me = connection_to_set_up(request.user, pk)
    sample = sample_of(connection, anew="again" in request.GET)
    form = FieldsForm(connection, sample.fields(connection), request.POST or None)
    if form.is_valid():
        changing.change_settings(connection, edition_of(request), form.settings(), "", me)
        if "stay" in request.POST:
            return redirect("metrics:source_rows", pk)
        return redirect("metrics:source_mappings", pk)
    context = {
        "connection": connection,
        "form": form,
        "tables": sample_tables(connection, sample, form),
        "failure": sample.failure,
        "preset": preset_of(connection.preset),
        "steps": steps_of(connection, "rows"),
        "may_allow_hosts": may_allow_hosts(request.user),
    }
    return render(request, "metrics/source_rows.html", context, status=422 if form.is_bound else 200)


@require_http_methods(_FORM)
def schedule_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How often it is read, and who looks after it."""
    connection, me = connection_to_set_up(request.user, pk)
    form = ScheduleForm(request.POST or None, initial={"every": connection.every, "owner": connection.owner})
    if form.is_valid() and _schedule_saved(form, connection, edition_of(request), me):
        messages.success(request, _("Saved."))
        return redirect("metrics:source", pk)
    context = {
        "connection": connection,
        "form": form,
        "kind": KINDS[connection.kind],
        "steps": steps_of(connection, "schedule"),
    }
    return render(request, "metrics/source_schedule.html", context, status=422 if form.is_bound else 200)


def _schedule_saved(form: ScheduleForm, connection: Connection, edition: int, me: Employee) -> bool:
    try:
        chosen = form.cleaned_data
        changing.set_schedule(connection, edition, chosen["every"], chosen["owner"], timezone.now(), me)
    except OwnerCannotSetUp as refusal:
        form.add_error("owner", f"{refusal} {refusal.advice()}")
        return False
    return True


@require_http_methods(_FORM)
def settings_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All settings as JSON, for what no preset asks."""
    connection, me = connection_to_set_up(request.user, pk)
    form = SettingsForm(connection, request.POST or None)
    if form.is_valid() and _settings_saved(form, connection, edition_of(request), me):
        messages.success(request, _("Saved."))
        return redirect("metrics:source_rows", pk)
    context = {"connection": connection, "form": form, "steps": steps_of(connection, "")}
    return render(request, "metrics/source_settings.html", context, status=422 if form.is_bound else 200)


def _settings_saved(form: SettingsForm, connection: Connection, edition: int, me: Employee) -> bool:
    try:
        changing.change_settings(connection, edition, form.cleaned_data["settings"], "", me)
    except SecretWantedAgain as refusal:
        form.add_error("settings", f"{refusal} {refusal.advice()}")
    return not form.errors


@require_POST
def new_token(request: HttpRequest, pk: int) -> HttpResponse:
    """A new token for a source that sends its rows here. It is shown in this answer and never again."""
    connection, me = connection_to_set_up(request.user, pk)
    token = changing.renew_token(connection, edition_of(request), me)
    context = {
        "connection": connection,
        "token": token,
        "steps": steps_of(connection, "address"),
        "push_url": push_url(request, connection),
    }
    response = render(request, "metrics/source_token.html", context)
    response["Cache-Control"] = "no-store"
    return response
