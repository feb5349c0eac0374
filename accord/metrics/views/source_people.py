"""Names of a source that nobody is known by: each is resolved once, and never asked about again."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.foundation.errors import BusinessError
from accord.foundation.models import User
from accord.metrics.access.connections import connection_to_set_up, identity_to_resolve
from accord.metrics.forms.identities import IdentityForm
from accord.metrics.models import Connection
from accord.metrics.queries.sources import resolved_identities, waiting_identities
from accord.metrics.services import identities

_NAMES_PER_PAGE = 25


@require_safe
def people_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who waits to be resolved, and who was."""
    connection, _me = connection_to_set_up(request.user, pk)
    return render(request, "metrics/source_people.html", _context(request, connection))


@require_POST
def resolve_identity(request: HttpRequest, pk: int, identity_pk: int) -> HttpResponse:
    """Say who a name is: an employee, a unit, or nobody."""
    identity, _me = identity_to_resolve(request.user, pk, identity_pk)
    form = IdentityForm(identity, request.POST)
    actor = cast(User, request.user)
    if form.is_valid():
        try:
            if form.is_nobody:
                identities.ignore(identity, actor)
                messages.success(request, _("“%(name)s” counts for nobody.") % {"name": identity.name})
            else:
                rows = identities.resolve(identity, form.cleaned_data["whom"], actor)
                told = {"name": identity.name, "rows": rows}
                messages.success(request, _("“%(name)s” is known from now on; %(rows)s rows count.") % told)
            return redirect("metrics:source_people", pk)
        except BusinessError as refusal:
            form.add_error("whom", f"{refusal} {refusal.advice()}")
    context = _context(request, identity.connection, form)
    return render(request, "metrics/source_people.html", context, status=422)


def _context(request: HttpRequest, connection: Connection, refused: IdentityForm | None = None) -> dict[str, object]:
    waiting = waiting_identities().filter(connection=connection)
    page = Paginator(waiting, _NAMES_PER_PAGE).get_page(request.GET.get("page"))
    forms = [refused if refused and refused.identity.pk == each.pk else IdentityForm(each) for each in page]
    resolved = resolved_identities(connection)[:50]
    return {"connection": connection, "page": page, "forms": forms, "resolved": resolved}
