"""Light or dark. The choice is kept in a cookie, so that the server's first answer already has the right colours."""

from django.http import HttpRequest
from django.template import Context

COOKIE = "accord_theme"
THEMES = ("light", "dark", "auto")


def theme_of(request: HttpRequest | None) -> str:
    """Return `light`, `dark` or `auto` (as the device says), the default."""
    chosen = request.COOKIES.get(COOKIE, "") if request else ""
    return chosen if chosen in THEMES else "auto"


def theme(context: Context) -> str:
    """Return the theme to render with; an error page without a request gets `auto`."""
    return theme_of(context.get("request"))
