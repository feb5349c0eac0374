"""The fit check: a word with which a warning stands, and what does not fit among the KPIs in force."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accord.foundation.redirects import way_back
from accord.goals.access.fit import agreement_to_override
from accord.goals.forms.fit import OverrideForm
from accord.goals.services import fit


@require_POST
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a warning about an agreement stand."""
    agreement, me = agreement_to_override(request.user, pk)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    fit.override(agreement, me, **form.override)
    messages.success(request, _("Kept. The reason will stand in the document that both sign."))
    return way_back(request, reverse("goals:kpis"))
