"""Middleware of the people app."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accord.people.queries.standing import MEMO


class StandingOncePerRequest:
    """Lets one request ask once what its user is.

    The memo lies on the request's own user object and dies with it, so the next request sees a revoked role or a moved
    line at once, and an object that a job or a test keeps is never stale.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            setattr(request.user, MEMO, {})
        return self.get_response(request)
