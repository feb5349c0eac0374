"""What a view behind the sign-in wall is given."""

from django.http import HttpRequest

from accord.foundation.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is somebody: LoginRequiredMiddleware has sent every visitor to the sign-in page."""

    user: User
