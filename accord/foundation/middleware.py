"""Middleware of the whole product."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from accord.foundation.errors import BusinessError
from accord.foundation.views.refusals import refused

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


class ClosedDevices:
    """No page may ask for camera, microphone or place, but those that say so themselves."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), display-capture=()"
        )
        return response


class ReaderPreferences:
    """Shows words in the language and times in the time zone of whoever is signed in.

    LocaleMiddleware has already chosen for visitors (cookie, then browser); it also undoes our choice at its next turn.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        if request.user.language in dict(settings.LANGUAGES):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        with timezone.override(request.user.zone):
            return self.get_response(request)


class BusinessErrors:
    """Turns a BusinessError into a page, a toast or JSON, with its own status."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a BusinessError; let every other exception go on."""
        return refused(request, exception) if isinstance(exception, BusinessError) else None
