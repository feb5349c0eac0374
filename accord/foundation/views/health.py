"""For monitors and load balancers."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accord.foundation.queries.jobs import health


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where everything runs, else 503; the body says what does not."""
    state = health()
    return JsonResponse(asdict(state), status=200 if state.ok else 503)
