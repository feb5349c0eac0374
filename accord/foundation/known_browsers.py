"""A browser that signed in before keeps a signed mark, so that strangers who guess cannot keep its owner out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from accord.foundation.models import User

COOKIE = "accord_browser"
_SALT = "accord.known_browsers"
_AGE = 60 * 60 * 24 * 365


def mark_browser(response: HttpResponse, user: User) -> None:
    """Let this browser be known for `user` from now on. The mark admits nobody; it only has a throttle of its own."""
    response.set_signed_cookie(
        COOKIE,
        f"{user.pk}:{get_random_string(22)}",
        salt=_SALT,
        max_age=_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def mark_of_browser(request: HttpRequest, user: User | None) -> str:
    """Return the mark this browser carries for `user`, or nothing."""
    mark = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_AGE) or ""
    return mark if user and mark.startswith(f"{user.pk}:") else ""
