"""What a manager sees of their own coaching, and the one thing to try next month.

Nothing here compares people. Small numbers stay counts: a rate of two out of three says more than was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

from accord.domain.periods import Frequency, Period

FEW = 5
"""Below so many, a share is told as counts and not in percent."""
SOON = 7
"""Days within which a talk about an alert comes soon enough: as long as a coaching task gives."""

Suggestion = Literal["own_word", "rhythm", "sooner", "specific", "give", "their_word", "keep_on"]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    done: int
    of: int

    @property
    def percent(self) -> int | None:
        """The share in whole percent; None where there are too few to speak of one."""
        return (200 * self.done + self.of) // (2 * self.of) if self.of >= FEW else None

    def is_below(self, part: int, whole: int) -> bool:
        """Whether at least two were seen and fewer than `part` of `whole` were done."""
        return self.of >= 2 and self.done * whole < self.of * part


@dataclass(frozen=True, slots=True)
class Mirror:
    """Three months of one manager's coaching.

    `talks` are one-on-ones held of those whose day came; `waits` the days from an alert to the talk about it, and
    `untalked` the alerts without one; `specific` the feedback they gave that says when and what; `own_word` and
    `their_word` the commitments due that they kept to their people, and their people to them.
    """

    talks: Share
    waits: Sequence[int]
    untalked: int
    specific: Share
    own_word: Share
    their_word: Share

    @property
    def usual_wait(self) -> int | None:
        """The median wait in days; None where there are too few to speak of a usual one."""
        return round(median(self.waits)) if len(self.waits) >= FEW else None

    @property
    def soon_talks(self) -> Share:
        """The alerts that were talked about soon, of all."""
        return Share(sum(days <= SOON for days in self.waits), len(self.waits) + self.untalked)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was seen at all."""
        shares = (self.talks, self.soon_talks, self.specific, self.own_word, self.their_word)
        return not any(share.of for share in shares)


def suggestion(mirror: Mirror) -> Suggestion | None:
    """The one thing to try next, None where nothing was seen.

    The order is the order of what the others rest on: one's own word, the talks taking place, talking soon, saying what
    happened, saying anything at all, and only then what people owe.
    """
    if mirror.is_empty:
        return None
    rules: tuple[tuple[bool, Suggestion], ...] = (
        (mirror.own_word.is_below(4, 5), "own_word"),
        (mirror.talks.is_below(3, 4), "rhythm"),
        (mirror.soon_talks.is_below(2, 3), "sooner"),
        (mirror.specific.is_below(2, 3), "specific"),
        (mirror.specific.of == 0, "give"),
        (mirror.their_word.is_below(2, 3), "their_word"),
    )
    return next((code for applies, code in rules if applies), "keep_on")


def months_seen(today: date) -> tuple[date, date]:
    """The first and last day of the three whole months before today's, so that a month's suggestion stands still."""
    month = Period.of(today, Frequency.MONTH)
    return (month - 3).start, (month - 1).end
