"""What a view behind the sign-in wall is given."""

from django.http import HttpRequest

from accord.foundation.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is somebody: LoginRequiredMiddleware has sent every visitor to the sign-in page."""

    user: User


def asked_for(request: HttpRequest, name: str) -> str:
    """A short text out of the address, such as what is searched for. PostgreSQL takes no text with a zero in it."""
    return request.GET.get(name, "").replace("\0", "").strip()[:100]
