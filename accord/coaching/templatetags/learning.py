"""How competencies and learning resources are written on pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.coaching.models import Competency, CompetencyLevel, LearningResource
from accord.coaching.queries.learning_words import competency_name
from accord.foundation.components.signs import icon
from accord.foundation.language import in_readers_language

register = template.Library()
register.filter("competency_name", competency_name)

_ICONS = {"guide": "file-text", "link": "link", "file": "file", "book": "book", "course": "school", "video": "video"}
_HOUR, _LONGEST_HEADING = 60, 30
_BULLET = re.compile(r"-\s+")
_NUMBER = re.compile(r"\d{1,2}[.、]\s*", re.ASCII)


@register.filter
def competency_summary(competency: Competency) -> str:
    """What it is, in the reader's language."""
    return in_readers_language(competency.summary, competency.summary_en)


@register.filter
def behaviour(level: CompetencyLevel) -> str:
    """What can be seen at the level, in the reader's language."""
    return in_readers_language(level.behaviour, level.behaviour_en)


@register.filter
def at(levels: Mapping[int, int], key: int) -> int | None:
    """The level expected in one competency."""
    return levels.get(key)


@register.filter
def duration(minutes: int) -> str:
    """Minutes as people say them: 8 minutes, about 10 hours."""
    if minutes < 2 * _HOUR:
        return _("%(minutes)s minutes") % {"minutes": minutes}
    return _("about %(hours)s hours") % {"hours": round(minutes / _HOUR)}


@register.simple_tag
def kind_icon(resource: LearningResource) -> SafeString:
    """The sign of a kind of resource."""
    return icon(_ICONS[resource.kind])


@register.simple_tag
def steps(levels: Sequence[CompetencyLevel], now: int | None, expected: int | None) -> SafeString:
    """Levels as steps: filled up to where somebody stands, with a mark where they are expected to be."""
    signs = format_html_join(
        "",
        '<span class="rung{}{}"></span>',
        ((_reached(each.level, now), _wanted(each.level, expected)) for each in levels),
    )
    said = _("level %(now)s of %(most)s") % {"now": now, "most": len(levels)} if now else _("not assessed yet")
    return format_html('<span class="level-bar" role="img" aria-label="{}">{}</span>', said, signs)


def _reached(level: int, now: int | None) -> str:
    return " rung-reached" if now and level <= now else ""


def _wanted(level: int, expected: int | None) -> str:
    return " rung-expected" if level == expected else ""


@register.filter
def guide_text(text: str) -> SafeString:
    """A guide as it is read: short lines by themselves are headings, lines with “- ” or “1. ” lists."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if block.strip()]
    return format_html_join("", "{}", ((_block(block),) for block in blocks))


def _block(block: str) -> SafeString:
    lines = [line.strip() for line in block.split("\n")]
    if len(lines) == 1 and len(block) <= _LONGEST_HEADING and block[-1] not in "。.!！?？：:;；”":
        return format_html("<h2>{}</h2>", block)
    return format_html_join("", "{}", ((_run(kind, list(run)),) for kind, run in groupby(lines, _line_kind)))


def _line_kind(line: str) -> str:
    return "ul" if _BULLET.match(line) else "ol" if _NUMBER.match(line) else "p"


def _run(kind: str, lines: list[str]) -> SafeString:
    if kind == "p":
        return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines)))
    mark = _BULLET if kind == "ul" else _NUMBER
    items = format_html_join("", "<li>{}</li>", ((mark.sub("", line, count=1),) for line in lines))
    return format_html("<ul>{}</ul>", items) if kind == "ul" else format_html("<ol>{}</ol>", items)
