"""What the pages of sources read out of a request."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from accord.metrics.connectors.registry import KINDS
from accord.metrics.models import Connection


def is_partial(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for."""
    return bool(request.headers.get("HX-Request"))


def push_url(request: HttpRequest, connection: Connection) -> str:
    """The address that a system sends its rows to; empty for one that is asked for them."""
    if not KINDS[connection.kind].is_pushed:
        return ""
    return request.build_absolute_uri(reverse("metrics:push", args=[connection.address]))
