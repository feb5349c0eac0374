"""Words and addresses of what is being designed."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.foundation.components.signs import badge
from accord.foundation.components.wayfinding import Tab
from accord.foundation.language import readers_language
from accord.workflow.forms.design_pages import all_pages, pages_of
from accord.workflow.models import Definition, DefinitionVersion

register = template.Library()

_State = DefinitionVersion.State
_TONES = {_State.DRAFT: "yellow", _State.IN_REVIEW: "primary", _State.APPROVED: "primary", _State.PUBLISHED: "green"}


@register.simple_tag
def design_url(kind: str, place: str, pk: int) -> str:
    """The address of a page about what is designed: `design_url kind "version_publish" 3`."""
    return pages_of(kind).url(place, pk)


@register.simple_tag
def design_tabs(kind: str) -> list[Tab]:
    """The kinds beside each other."""
    return [Tab(pages.label, pages.index_url, active=code == kind) for code, pages in all_pages().items()]


@register.simple_tag
def version_state(state: str) -> SafeString:
    """The state of a version as a badge."""
    return badge(_State(state).label, _TONES.get(_State(state), "grey"))


@register.filter
def definition_name(definition: Definition) -> str:
    """The name in the reader's language."""
    return definition.name_en if readers_language() == "en" and definition.name_en else definition.name


@register.filter
def minutes(seconds: Any) -> str:
    """A length of time as a person would say it."""
    whole = int(seconds or 0)
    if whole < 60:
        return _("%(seconds)s seconds") % {"seconds": whole}
    if whole % 60 == 0:
        return _("%(minutes)s minutes") % {"minutes": whole // 60}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": whole // 60, "seconds": whole % 60}
