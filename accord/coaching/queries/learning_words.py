"""Why something is recommended, in a sentence of the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accord.coaching.models import Competency
from accord.foundation.language import in_readers_language, readers_language


def competency_name(competency: Competency) -> str:
    """The name in the reader's language, the Chinese one where there is no other."""
    return in_readers_language(competency.name, competency.name_en)


def reason_in_words(reason: Mapping[str, Any]) -> str:
    """The reason of a recommendation: how it fits, then what others made of it where enough have said."""
    sentences = [_fit(reason)]
    if reason.get("readers"):
        sentences.append(_("Of %(readers)s colleagues who answered, it helped %(helped)s.") % reason)
    return " ".join(sentences) if readers_language() == "en" else "".join(sentences)


def _fit(reason: Mapping[str, Any]) -> str:
    reach, now, goal = reason.get("reach", "any"), reason.get("now"), reason.get("goal")
    if now and goal and now < goal:
        if reach == "next":
            return _("Now at level %(now)s, level %(goal)s is expected: this is the next step.") % reason
        if reach == "goal":
            return _("Now at level %(now)s; this is about level %(level)s, on the way to what is expected.") % reason
        if reach == "any":
            return _("Now at level %(now)s, level %(goal)s is expected; this helps at any level.") % reason
        return _("Level %(goal)s is expected; this is about level %(level)s, a little beside it.") % reason
    if reach == "any" or "level" not in reason:
        return _("It helps at any level.")
    if reach in ("next", "goal"):
        return _("It is about level %(level)s, which fits now.") % reason if now or goal else _("A good beginning.")
    return _("It is about level %(level)s; there is nothing closer in the library yet.") % reason
