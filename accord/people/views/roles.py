"""Who holds which role; granting and revoking."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.foundation.errors import BusinessError
from accord.foundation.requests import SignedInRequest
from accord.people.access import grant_to_revoke, require_people_administrator
from accord.people.forms import GrantForm
from accord.people.queries.roles import role_grants
from accord.people.services.roles import grant_role, revoke_role
from accord.people.views.tabs import tabs

PER_PAGE = 25


@require_http_methods(["GET", "POST"])
def roles(request: SignedInRequest) -> HttpResponse:
    """The roles that hold or will, and a form to grant one. For administrators."""
    require_people_administrator(request.user)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grant = grant_role(**form.wanted(), actor=request.user)
        except BusinessError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(name)s has the role now.") % {"name": grant.employee.name})
            return redirect("people:roles")
    ended = request.GET.get("ended") == "1"
    page = Paginator(role_grants(ended=ended), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "ended": ended, "tabs": tabs(request.user, "roles")}
    return render(request, "people/roles.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one grant. For administrators; the last one cannot end their own."""
    grant = grant_to_revoke(request.user, pk)
    revoke_role(grant, actor=request.user)
    messages.success(request, _("%(name)s no longer has the role.") % {"name": grant.employee.name})
    return redirect("people:roles")
