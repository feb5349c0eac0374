"""How flows are shown: the state of one, what somebody did, when something is due."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.template import Library
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, npgettext, pgettext

from accord.foundation.errors import Text
from accord.people.models import Employee
from accord.workflow.models import FlowInstance, FlowTask
from accord.workflow.queries import flow_words
from accord.workflow.templatetags.design import definition_name

register = Library()

INSTANCE_TONES = {"running": "primary", "finished": "green", "rejected": "red", "withdrawn": "grey"}
TASK_TONES = {"open": "primary", "agreed": "green", "read": "green", "rejected": "red", "returned": "yellow"}
KIND_ICONS = {"approve": "user-check", "fill": "edit", "sign": "signature", "cc": "send"}
ACT_ICONS = {
    "started": "player-play", "agreed": "check", "rejected": "x", "returned": "arrow-back-up", "filled": "edit",
    "signed": "signature", "transferred": "arrow-right", "added": "user-plus", "withdrawn": "arrow-back-up",
    "nudged": "bell", "commented": "message", "passed": "checks", "reminded": "clock", "escalated": "arrow-up",
    "succeeded": "users", "finished": "flag",
}  # fmt: skip
MENTION = re.compile(r"(@[^\s@（）<]+)（[^\s（）<]+）")
SOON = timedelta(hours=24)


@register.simple_tag
def flow_state(instance: FlowInstance) -> SafeString:
    """Where a flow stands, as colour, dot and word."""
    return _light(INSTANCE_TONES[instance.state], instance.get_state_display())


@register.simple_tag
def task_state(task: FlowTask) -> SafeString:
    """What became of a task, as colour, dot and word."""
    return _light(TASK_TONES.get(task.state, "grey"), flow_words.task_word(task))


@register.simple_tag
def task_word(task: FlowTask) -> Text:
    """What became of a task, as a word: agreed, filled in, signed …"""
    return flow_words.task_word(task)


@register.simple_tag
def due(task: FlowTask) -> SafeString:
    """By when a task is due; nothing where it has no deadline. Red once it has passed, yellow on its last day."""
    if task.due_at is None:
        return SafeString()
    left = task.due_at - timezone.now()
    if left < timedelta():
        return _light("red", pgettext("deadline", "%(time)s overdue") % {"time": _span(-left)})
    text = pgettext("deadline", "%(time)s left") % {"time": _span(left)}
    return _light("yellow" if left < SOON else "grey", text)


register.filter("flow_name", definition_name)


@register.filter
def with_mentions(text: str) -> SafeString:
    """A comment with the people it names set apart; their numbers, there for the search, are left out."""
    return mark_safe(MENTION.sub(r"<mark>\1</mark>", linebreaksbr(text)))  # noqa: S308 (escaped by linebreaksbr)


@register.filter
def ago(moment: datetime | None) -> str:
    """How long ago, in one word."""
    if moment is None:
        return ""
    passed = timezone.now() - moment
    if passed < timedelta(minutes=1):
        return gettext("just now")
    return gettext("%(time)s ago") % {"time": _span(passed)}


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a kind of task."""
    return KIND_ICONS.get(kind, "circle")


@register.filter
def act_icon(kind: str) -> str:
    """The icon of what happened."""
    return ACT_ICONS.get(kind, "circle")


@register.filter
def assignees(tasks: list[FlowTask]) -> list[Employee]:
    """The people who owe some tasks."""
    return [task.assignee for task in tasks]


@register.filter
def names(people: list[Employee], most: int = 3) -> str:
    """Some people in one line: the first few by name, the rest as a number."""
    shown = "、".join(one.name for one in people[:most])
    more = len(people) - most
    if more <= 0:
        return shown
    return npgettext("people", "%(names)s and %(count)s more", "%(names)s and %(count)s more", more) % {
        "names": shown,
        "count": more,
    }


def _light(tone: str, word: Text) -> SafeString:
    return format_html('<span class="light light-pill tone-{}"><span class="light-dot"></span>{}</span>', tone, word)


def _span(length: timedelta) -> str:
    """A length of time by its largest unit."""
    if length.days:
        return npgettext("length of time", "%(count)s day", "%(count)s days", length.days) % {"count": length.days}
    hours = length.seconds // 3600
    if hours:
        return npgettext("length of time", "%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    minutes = max(1, length.seconds // 60)
    return npgettext("length of time", "%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
