"""One click, another person. Absent from every real installation."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accord.foundation.queries.accounts import account_named
from accord.foundation.redirects import way_back
from accord.foundation.registry import table


@login_not_required
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as a persona of the demo company."""
    username = request.POST.get("username", "")
    if not settings.DEMO or username not in {persona.username for persona in table("ACCORD_PERSONAS")}:
        raise Http404
    user = account_named(username)
    if user is None or not user.is_active:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return way_back(request)
