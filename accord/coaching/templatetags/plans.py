"""How development plans are written on pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accord.coaching.models import DevelopmentPlan, FocusArea
from accord.foundation.components.signs import badge
from accord.foundation.errors import Text

register = template.Library()

LABELS: dict[str, Text] = {
    "title": gettext_lazy("What to become better at"),
    "why": gettext_lazy("Why"),
    "kind": gettext_lazy("Mainly learned"),
    "action": gettext_lazy("Action"),
    "support": gettext_lazy("Support from the manager"),
    "resource": gettext_lazy("Learning resource"),
    "measure": gettext_lazy("How we will see it"),
    "due_on": gettext_lazy("By when"),
}
_ADVICE: dict[str, tuple[Text, Text]] = {
    "only_courses": (
        gettext_lazy("All of it is courses and reading"),
        gettext_lazy(
            "Most of what people learn, about seven parts in ten, comes from doing. Which real piece of work could be "
            "the exercise?"
        ),
    ),
    "no_practice": (
        gettext_lazy("Nothing is learned by doing yet"),
        gettext_lazy("Watching and reading prepare; doing makes it stick. Where could it be tried in the next weeks?"),
    ),
    "only_practice": (
        gettext_lazy("All of it is doing"),
        gettext_lazy("A word from somebody who watches, about two parts in ten, makes practice count for more."),
    ),
}
_KIND_ICONS = {
    FocusArea.Kind.PRACTICE: "tool",
    FocusArea.Kind.OTHERS: "users",
    FocusArea.Kind.COURSE: "book",
}


@register.filter
def plan_words(names: Iterable[str]) -> str:
    """The labels of some fields of a focus area, one after the other."""
    return pgettext("between things that are listed", ", ").join(str(LABELS[name]) for name in names)


@register.filter
def plan_word(name: str) -> str:
    """The label of a field of a focus area."""
    return str(LABELS[name])


@register.filter
def plan_value(value: str, name: str) -> str:
    """What a field said in a version."""
    return str(FocusArea.Kind(value).label) if name == "kind" else value


@register.filter
def kind_icon(kind: str) -> str:
    """The sign of a way of learning."""
    return _KIND_ICONS[FocusArea.Kind(kind)]


@register.filter
def kind_word(kind: str) -> str:
    """A way of learning in words."""
    return str(FocusArea.Kind(kind).label)


@register.filter
def advice_title(code: str) -> str:
    """The 70-20-10 hint in a line."""
    return str(_ADVICE[code][0])


@register.filter
def advice_words(code: str) -> str:
    """Why, and what to think about."""
    return str(_ADVICE[code][1])


@register.filter
def waits_for(plan: DevelopmentPlan) -> str:
    """Whose yes a running plan waits for."""
    if plan.employee_agreed_at is None and plan.manager_agreed_at is None:
        return _("not agreed yet")
    name = plan.manager.name if plan.employee_agreed_at else plan.employee.name
    return _("waits for the yes of %(name)s") % {"name": name}


@register.simple_tag
def plan_state(plan: DevelopmentPlan) -> SafeString:
    """Where a plan stands as colour and word."""
    if plan.state == DevelopmentPlan.State.DRAFT:
        return badge(pgettext("development plan", "draft"), "grey", "pencil")
    if plan.state == DevelopmentPlan.State.CLOSED:
        return badge(pgettext("development plan", "closed"), "grey", "check")
    if plan.is_agreed:
        return badge(pgettext("development plan", "agreed by both"), "green", "heart-handshake")
    return badge(waits_for(plan), "yellow", "hourglass")


@register.simple_tag
def focus_state(focus: FocusArea | None, today: date | None = None) -> SafeString:
    """How a focus area stands; what is past its day says so without blame."""
    if focus is None:
        return SafeString()
    if focus.state == FocusArea.State.REACHED:
        return badge(focus.get_state_display(), "green", "check")
    if focus.state == FocusArea.State.SET_ASIDE:
        return badge(focus.get_state_display(), "grey", "player-pause")
    if today and focus.due_on and focus.due_on < today:
        return badge(pgettext("focus area", "its day has come"), "yellow", "calendar-event")
    return SafeString()
