"""How a kind of definition looks on the pages of the designer: its words, its settings, its templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text
from accord.foundation.registry import table
from accord.workflow.forms.design import DesignSettings, FlowSettings, FormSettings


@dataclass(frozen=True)
class DesignPages:
    """The pages of one kind. `templates` begins the names of its four templates: `<templates>_index.html`,
    `_definition.html`, `_settings.html` and `_difference.html`.
    """

    code: str
    area: str
    label: Text
    new_label: Text
    icon: str
    settings: type[DesignSettings]
    templates: str = "workflow/design"

    def template(self, page: str) -> str:
        """The template of one of its pages."""
        return f"{self.templates}_{page}.html"

    def url(self, place: str = "", *args: Any) -> str:
        """The address of a page about one definition or version."""
        return reverse(f"{self.area}:{self.code}_{place}" if place else f"{self.area}:{self.code}", args=args)

    @property
    def index_url(self) -> str:
        """The address of the list."""
        return reverse(f"{self.area}:{self.code}s")

    @property
    def new_url(self) -> str:
        """The address at which one is made."""
        return reverse(f"{self.area}:new_{self.code}")


_OWN = {
    "form": DesignPages("form", "workflow", _("Forms"), _("New form"), "forms", FormSettings),
    "flow": DesignPages("flow", "workflow", _("Flows"), _("New flow"), "git-branch", FlowSettings),
}


def all_pages() -> dict[str, DesignPages]:
    """The pages of every kind, by code, in the order of the tabs."""
    above: dict[str, DesignPages] = {code: import_string(name) for code, name in table("ACCORD_DESIGN_PAGES").items()}
    return _OWN | above


def pages_of(kind: str) -> DesignPages:
    """The pages of one kind."""
    return all_pages()[kind]
