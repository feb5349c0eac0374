"""The side bar: who sees which place is said in the composition root's table of pages."""

from typing import Any

from django.http import HttpRequest

from accord.foundation.registry import table


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: the places this person may open, in groups, with the current one marked."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    groups = []
    for group in table("ACCORD_PAGES"):
        items = [place.shown_to(request) for place in group if place.is_open_to(request)]
        if items:
            groups.append(items)
    return {"navigation": groups}
