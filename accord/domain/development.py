"""What makes a development plan complete, and the 70-20-10 hint: most is learned by doing, some from others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

MOST_FOCUS_AREAS = 3
NEEDED = ("title", "why", "action", "support", "measure", "due_on")
"""What a focus area says before both can agree to it; a learning resource is welcome and not asked for."""

Advice = Literal["only_courses", "no_practice", "only_practice"]


def missing(focus: Mapping[str, object]) -> tuple[str, ...]:
    """The names of what a focus area still lacks."""
    return tuple(name for name in NEEDED if not focus.get(name))


def is_complete(focus_areas: Iterable[Mapping[str, object]]) -> bool:
    """Whether a plan says enough to be agreed to."""
    lacking = [missing(focus) for focus in focus_areas]
    return bool(lacking) and not any(lacking)


def mix_advice(kinds: Collection[str]) -> Advice | None:
    """What to think about, from how each focus area is mainly learned (practice, others, course).

    Of three focus areas no share can be 70 percent, so the hint speaks of what is not there at all, and only of that.
    """
    if not kinds or "practice" in kinds:
        return "only_practice" if len(kinds) > 1 and set(kinds) == {"practice"} else None
    return "only_courses" if set(kinds) == {"course"} else "no_practice"
