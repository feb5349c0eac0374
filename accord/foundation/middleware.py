"""Middleware of the whole product."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accord.foundation.errors import BusinessError

Next = Callable[[HttpRequest], HttpResponse]


class PrivatePages:
    """Personal pages are never kept by a shared cache or a browser's disk."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class BusinessErrors:
    """Turns a BusinessError into a page, or into a partial for htmx, with its own status."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a BusinessError; let every other exception go on."""
        if not isinstance(exception, BusinessError):
            return None
        htmx = request.htmx  # type: ignore[attr-defined]
        form = "fragment" if htmx and not htmx.boosted else "page"
        return render(request, f"foundation/refused_{form}.html", {"error": exception}, status=exception.status)
