"""Where programs push rows to."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accord.foundation.errors import BusinessError
from accord.metrics.access.push import connection_to_push_to
from accord.metrics.services.sync.deliveries import MOST_BYTES, take_delivery, too_large

_IN_FULL = {"ensure_ascii": False}


@csrf_exempt
@login_not_required
@require_POST
def take_rows(request: HttpRequest, address: UUID) -> JsonResponse:
    """Take one delivery. Whatever is wrong is answered as JSON, with the reasons row by row."""
    try:
        connection = connection_to_push_to(address, request.headers.get("Authorization", ""))
        key = request.headers.get("Idempotency-Key", "").strip()
        answer = take_delivery(connection, _body(request), key)
    except BusinessError as error:
        headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
        return JsonResponse(error.as_json(), status=error.status, headers=headers, json_dumps_params=_IN_FULL)
    return JsonResponse(answer, json_dumps_params=_IN_FULL)


def _body(request: HttpRequest) -> bytes:
    """The body, read no further than it may be long. Raises PushTooLarge."""
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise too_large()
    return body
