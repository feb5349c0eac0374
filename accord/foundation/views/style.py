"""`/_style/`: every component in every state, for eyes and for the browser tests. Only with DEBUG or in a demo."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accord.foundation.views.style_samples import sample_context


@login_not_required
def style(request: HttpRequest) -> HttpResponse:
    """Show the living style page."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "foundation/style.html", sample_context(request))
