"""How feedback, its readers and its hints are put into words on pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.coaching.feedback_words import HINT_TITLES, HINT_WHYS, ONE_SIDED_TITLES, ONE_SIDED_WHYS, READERS
from accord.coaching.forms.feedback import FeedbackForm
from accord.coaching.models import Feedback, FeedbackRequest
from accord.coaching.services.feedback.drafts import PARTS
from accord.domain.feedback_hints import HintKind
from accord.foundation.components.signs import badge

register = template.Library()
_LETTERS = {"situation": "S", "behaviour": "B", "impact": "I"}
_ICONS = {"suggestion": "rocket", "resources": "tool"}


@dataclass(frozen=True)
class Part:
    """One part of a feedback as a page shows it."""

    label: str
    text: str
    letter: str
    icon: str
    day: date | None


@dataclass(frozen=True)
class Mark:
    """Something that has happened to a feedback, or has not yet."""

    word: str
    icon: str
    at: datetime | None = None
    tone: str = ""


@register.filter
def parts(feedback: Feedback) -> list[Part]:
    """The five parts with their names."""
    day = feedback.happened_on
    return [
        Part(
            part_label(name),
            getattr(feedback, name),
            _LETTERS.get(name, ""),
            _ICONS.get(name, ""),
            day if name == "situation" else None,
        )
        for name in PARTS
    ]


@register.filter
def part_label(name: str) -> str:
    """What a part is called."""
    return str(Feedback._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


@register.simple_tag
def feedback_kind(feedback: Feedback) -> SafeString:
    """Recognition or development, as a badge; neither is a warning."""
    if feedback.kind == Feedback.Kind.RECOGNITION:
        return badge(feedback.get_kind_display(), "green", "star")
    return badge(feedback.get_kind_display(), "primary", "seedling")


@register.simple_tag
def feedback_state(feedback: Feedback) -> SafeString:
    """Where it stands, for its author."""
    if feedback.state != Feedback.State.SENT:
        return badge(feedback.get_state_display(), "grey")
    if feedback.thanked_at:
        return badge(pgettext("feedback", "thanked"), "grey", "mood-smile")
    if feedback.received_at:
        return badge(pgettext("feedback", "read"), "grey", "checks")
    return badge(feedback.get_state_display(), "grey", "check")


@register.filter
def course(feedback: Feedback) -> list[Mark]:
    """What has happened to it so far."""
    marks = [Mark(pgettext("feedback", "Sent"), "send", feedback.sent_at)]
    if feedback.state == Feedback.State.WITHDRAWN:
        return [*marks, Mark(pgettext("feedback", "Withdrawn"), "arrow-back-up")]
    unread = Mark(_("Not read yet"), "clock", tone="muted")
    marks.append(Mark(_("Read"), "checks", feedback.received_at) if feedback.received_at else unread)
    if feedback.thanked_at:
        marks.append(Mark(_("Thanked for"), "mood-smile", feedback.thanked_at))
    return marks


@register.filter
def readers(feedback: Feedback) -> str:
    """Who reads it, by name where that is a person."""
    names = {"author": feedback.author.name, "receiver": feedback.receiver.name}
    if feedback.visibility == Feedback.Visibility.TEAM:
        return _("%(receiver)s and everybody in their team read this.") % names
    manager = feedback.shared_with
    if feedback.visibility == Feedback.Visibility.MANAGER and manager and manager.pk != feedback.author_id:
        return _("%(author)s, %(receiver)s and %(manager)s read this.") % {**names, "manager": manager.name}
    return _("Only %(author)s and %(receiver)s read this.") % names


@register.filter
def who_reads(visibility: str) -> str:
    """What a class of visibility means, before a word is written."""
    return str(READERS[Feedback.Visibility(visibility)])


@register.filter
def hint_title(kind: HintKind) -> str:
    """What a hint is called."""
    return str(HINT_TITLES[kind])


@register.filter
def hint_why(kind: HintKind) -> str:
    """Why it is worth a second look, and what to do instead."""
    return str(HINT_WHYS[kind])


@register.filter
def one_sided_title(kind: str) -> str:
    """That the last few were all of one kind."""
    return str(ONE_SIDED_TITLES[Feedback.Kind(kind)])


@register.filter
def one_sided_why(kind: str) -> str:
    """Why that is worth a thought."""
    return str(ONE_SIDED_WHYS[Feedback.Kind(kind)])


@register.simple_tag
def ignore_button(key: str) -> SafeString:
    """A button that puts one hint aside; without a script it sends the form and comes back without the hint."""
    word = pgettext("hint", "Ignore")
    return format_html(
        '<button class="btn btn-s btn-ghost" name="ignore" value="{}" formnovalidate hx-post="{}"'
        ' hx-target="#feedback-hints" hx-swap="innerHTML" hx-include="closest form">{}</button>',
        key,
        reverse("coaching:feedback_keep"),
        word,
    )


@register.filter
def has_words(form: FeedbackForm) -> bool:
    """Whether something stands in the parts."""
    return any(text.strip() for text in form.words().values())


@register.filter
def as_minutes(seconds: int) -> int:
    """Whole minutes, at least one."""
    return max(1, round(seconds / 60))


@register.filter
def as_number(text: object) -> int:
    """A number out of a hidden field; -1 if it is none."""
    return int(str(text)) if str(text).isdecimal() else -1


@register.filter
def dialog_name(request: FeedbackRequest) -> str:
    """The name of the dialog to decline a request."""
    return f"decline-{request.pk}"
