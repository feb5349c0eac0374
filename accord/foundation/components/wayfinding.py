"""Where am I, where can I go: breadcrumbs, tabs, pages of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accord.foundation.errors import Text


@dataclass(frozen=True)
class Tab:
    """One tab: a page of its own under the same heading."""

    label: Text
    url: str
    active: bool = False
    count: int | None = None


def crumb(label: Text, url: str = "") -> SafeString:
    """Return one step of the way to this page, for the block `crumbs`."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html("<li>{}</li>", label)


def tabs(items: Sequence[Tab], label: Text) -> dict[str, Any]:
    """Show tabs as links; `label` names the row for screen readers."""
    return {"items": items, "label": label}


def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Show where in a list one is and the way on; every other part of the query stays."""
    steps = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "steps": list(steps), "request": context["request"]}
