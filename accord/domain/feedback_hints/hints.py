"""What a hint is, and which parts of a feedback each kind of hint looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class HintKind(StrEnum):
    """What may make a sentence hard to take or to act on."""

    GENERAL = "general"
    CHARACTER = "character"
    UNPLACED = "unplaced"
    HEDGING = "hedging"
    HEATED = "heated"


@dataclass(frozen=True)
class Hint:
    """A hint about the characters `start` to `end` of one part; `quote` are the words that stand there."""

    kind: HintKind
    part: str
    start: int
    end: int
    quote: str

    @property
    def key(self) -> str:
        """How the writer ignores it: the same words in the same part are not hinted at again."""
        return f"{self.kind}:{self.part}:{self.quote}"


def hints_of(words: Mapping[str, str], *, has_day: bool = False) -> list[Hint]:
    """The hints about a feedback in its parts; `has_day` where its day is given beside the words."""
    return []


def is_specific(words: Mapping[str, str], *, has_day: bool = False) -> bool:
    """Whether a feedback says when or where, and what was done rather than how somebody is or is on the whole."""
    vague = {HintKind.GENERAL, HintKind.CHARACTER, HintKind.UNPLACED}
    return not any(hint.kind in vague for hint in hints_of(words, has_day=has_day))


ONE_SIDED_FROM = 4
"""So many of one kind in a row, the one being written included, are worth a thought."""


def one_sided(kinds: Sequence[str]) -> str | None:
    """The only kind of the last few feedbacks from one person to another, newest first; None where they vary."""
    last = kinds[:ONE_SIDED_FROM]
    return last[0] if len(last) == ONE_SIDED_FROM and len(set(last)) == 1 else None
