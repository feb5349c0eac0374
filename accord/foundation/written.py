"""What somebody wrote in a form that was refused: given back on the page that refuses it, to its sender alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.http import HttpRequest, HttpResponse

_FIELDS = "accord_fields_of_words"
Rest = ParamSpec("Rest")


def gives_back(*fields: str) -> Callable[[Callable[Rest, HttpResponse]], Callable[Rest, HttpResponse]]:
    """Mark a view: where a form sent to it is refused, the answer shows what stood in `fields`, whatever their prefix.

    They are named one by one, so that no password or secret is ever shown again.
    """

    def marked(view: Callable[Rest, HttpResponse]) -> Callable[Rest, HttpResponse]:
        @wraps(view)
        def remembered(*args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            vars(args[0])[_FIELDS] = frozenset(fields)
            return view(*args, **kwargs)

        return remembered

    return marked


def written_in(request: HttpRequest) -> list[str]:
    """What the sender of this request wrote, text by text, in the order of the form."""
    fields: frozenset[str] = vars(request).get(_FIELDS, frozenset())
    if request.method != "POST" or not fields:
        return []
    sent: list[Any] = [request.POST.getlist(name) for name in request.POST if not fields.isdisjoint(name.split("-"))]
    return [text.strip() for texts in sent for text in texts if text.strip()]
