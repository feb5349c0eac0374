"""What a view behind the sign-in wall is given."""

from datetime import date

from django.http import HttpRequest

from accord.foundation.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is somebody: LoginRequiredMiddleware has sent every visitor to the sign-in page."""

    user: User


def whole_number(text: str) -> int | None:
    """A whole number out of an address or a form, nine digits at most; None for anything else that was sent."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def day_of(text: str) -> date | None:
    """A day out of an address or a form, as `2026-11-30`; None for anything else that was sent."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def edition_of(request: HttpRequest, name: str = "edition") -> int:
    """The edition that whoever sent a form saw; -1, which nothing has, where it was tampered with."""
    found = whole_number(request.POST.get(name, ""))
    return -1 if found is None else found


def asked_for(request: HttpRequest, name: str) -> str:
    """A short text out of the address, such as what is searched for. PostgreSQL takes no text with a zero in it."""
    return request.GET.get(name, "").replace("\0", "").strip()[:100]
