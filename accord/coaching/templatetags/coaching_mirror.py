"""How a manager's mirror is written: what to try, and figures that stay counts where there are few."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accord.domain.coaching_mirror import Share
from accord.foundation.errors import Text

register = template.Library()

_TRY: dict[str, tuple[Text, Text]] = {
    "own_word": (
        gettext_lazy("Promise less, and keep it"),
        gettext_lazy(
            "Some of what you promised your people is still open. Move what no longer fits to a day that does, and "
            "tell them so yourself: your word is what theirs rests on."
        ),
    ),
    "rhythm": (
        gettext_lazy("Let the next talk take place"),
        gettext_lazy(
            "More than one planned talk in four did not take place. Move the next one rather than skip it; twenty "
            "minutes that happen are worth more than an hour that does not."
        ),
    ),
    "sooner": (
        gettext_lazy("Talk while it is fresh"),
        gettext_lazy(
            "When a light turned, the talk often came later than a week, or not at all. Next time, ask within two days "
            "how the other sees it; the numbers can wait."
        ),
    ),
    "specific": (
        gettext_lazy("Say when, and what you saw"),
        gettext_lazy(
            "Much of your feedback names no occasion, or says how somebody is. One sentence on when it was and what "
            "was done makes it possible to do something about it."
        ),
    ),
    "give": (
        gettext_lazy("Say once what you saw"),
        gettext_lazy(
            "In these months you wrote no feedback to your people. Begin with one thing that went well, in three "
            "sentences: when it was, what they did, what it led to."
        ),
    ),
    "their_word": (
        gettext_lazy("Make what was agreed smaller"),
        gettext_lazy(
            "What your people promise often stays open. Ask in the next talk what stands in the way, and agree on a "
            "first step that fits into a week."
        ),
    ),
    "keep_on": (
        gettext_lazy("Keep on like this"),
        gettext_lazy("Talks take place, words are kept. Ask one of your people what they would like more of."),
    ),
}


@register.filter
def try_title(code: str) -> str:
    """What to try in the coming month, in a line."""
    return str(_TRY[code][0])


@register.filter
def try_words(code: str) -> str:
    """Why, and how to begin."""
    return str(_TRY[code][1])


@register.filter
def share_words(share: Share) -> str:
    """A share as it may be told: counts where there are few, percent beside them where there are enough."""
    if not share.of:
        return _("none in these months")
    return _("%(done)s of %(of)s") % {"done": share.done, "of": share.of}


@register.filter
def days_listed(days: Iterable[int]) -> str:
    """A few waits one by one."""
    return pgettext("between things that are listed", ", ").join(str(each) for each in days)
