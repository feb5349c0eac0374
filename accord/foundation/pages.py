"""One entry of the side bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accord.foundation.errors import Text


@dataclass(frozen=True)
class Place:
    """A page that can be reached from everywhere. `may_open` decides from the request; `badge` counts what is owed.

    `also` names further addresses below which one is still in this place.
    """

    label: Text
    url_name: str
    icon: str
    may_open: Callable[[HttpRequest], bool] | None = None
    badge: Callable[[HttpRequest], int] | None = None
    also: tuple[str, ...] = ()

    def is_open_to(self, request: HttpRequest) -> bool:
        return self.may_open is None or self.may_open(request)

    def shown_to(self, request: HttpRequest) -> dict[str, Any]:
        """The entry as the template wants it."""
        url = reverse(self.url_name)
        below = [each for each in (url, *map(reverse, self.also)) if each != "/"]
        active = request.path == url or request.path.startswith(tuple(below))
        return {
            "label": self.label,
            "url": url,
            "icon": self.icon,
            "active": active,
            "badge": self.badge(request) if self.badge else 0,
        }
