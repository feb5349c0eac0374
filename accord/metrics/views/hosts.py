"""Which hosts of the private network sources may be read from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.foundation.errors import BusinessError
from accord.foundation.requests import asked_for
from accord.metrics.access.connections import host_keeper, host_to_forget
from accord.metrics.forms.connections import HostForm
from accord.metrics.queries.sources import allowed_hosts
from accord.metrics.services.connections import hosts
from accord.people.models import Employee


@require_http_methods(["GET", "HEAD", "POST"])
def hosts_page(request: HttpRequest) -> HttpResponse:
    """The list, and a line to add."""
    me = host_keeper(request.user)
    # A refusal names the host, and where it matters the port behind it.
    host, port = asked_for(request, "host"), asked_for(request, "port")
    if host.count(":") == 1:
        host, port = host.split(":")
    initial = {"host": host, "port": port}
    form = HostForm(request.POST or None, initial=initial)
    if form.is_valid() and _allowed(form, me):
        messages.success(request, _("%(host)s may be read from now on.") % {"host": form.cleaned_data["host"]})
        return redirect("metrics:hosts")
    context = {"form": form, "hosts": allowed_hosts()}
    return render(request, "metrics/hosts_page.html", context, status=422 if form.is_bound else 200)


def _allowed(form: HostForm, me: Employee) -> bool:
    try:
        told = form.cleaned_data
        hosts.allow_host(told["host"], told["port"] or 0, told["reason"], me)
    except BusinessError as refusal:
        form.add_error("host", f"{refusal} {refusal.advice()}")
        return False
    return True


@require_POST
def forget_host_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a host off the list."""
    line, me = host_to_forget(request.user, pk)
    hosts.forget_host(line, me)
    messages.success(request, _("%(host)s is off the list.") % {"host": line.host})
    return redirect("metrics:hosts")
