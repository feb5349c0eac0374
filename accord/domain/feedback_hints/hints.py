"""What a hint is, and which parts of a feedback each kind of hint looks at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accord.domain.feedback_hints.lexicon import lexicons, own_words

Span = tuple[int, int]
Look = Callable[[str], Iterator[Span]]


_LONGEST_QUOTE = 100


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
        """How the writer ignores it: the same words in the same part are not hinted at again, nor is what is missing
        in a part, however it is written on.
        """
        words = "" if self.kind is HintKind.UNPLACED else " ".join(self.quote.split())
        return f"{self.kind}:{self.part}:{words[:_LONGEST_QUOTE]}"


def hints_of(words: Mapping[str, str], *, has_day: bool = False) -> list[Hint]:
    """The hints about a feedback in its parts; `has_day` where its day is given beside the words."""
    return [hint for part, text in words.items() if text.strip() for hint in _hints(part, text, has_day)]


def _hints(part: str, text: str, has_day: bool) -> list[Hint]:
    own = own_words(text)
    found = [(kind, span) for kind, look in _LOOKS if part in _PARTS[kind] for span in _apart(look(own))]
    hints = [Hint(kind, part, start, end, text[start:end]) for kind, (start, end) in found]
    if part in _PARTS[HintKind.UNPLACED] and not has_day and is_unplaced(text):
        hints.insert(0, Hint(HintKind.UNPLACED, part, 0, len(text), text.strip()))
    return list({hint.key: hint for hint in reversed(hints)}.values())[::-1]


def is_unplaced(text: str) -> bool:
    """Whether a text speaks of how things are in general and names no time, place or occasion.

    A noun that no list knows may well be an occasion, so that alone is no reason to ask.
    """
    known = lexicons()
    is_vague = any(lexicon["vague"].says_it(text) for lexicon in known)
    return is_vague and not any(lexicon["placed"].says_it(text) for lexicon in known)


def _generalities(text: str) -> Iterator[Span]:
    """General words in a sentence with nothing concrete in it; absolutes such as “always” even in a longer one."""
    for start, end in _sentences(text):
        sentence = text[start:end]
        if any(lexicon["concrete"].says_it(sentence) for lexicon in lexicons()):
            continue
        for lexicon, most in zip(lexicons(), _REST_OF_A_GENERALITY, strict=True):
            words = lexicon["general"]
            spans = [match.span() for match in words.found(sentence)]
            said = sum(lexicon.length(sentence[first:last]) for first, last in spans)
            if spans and lexicon.length(sentence) - said <= most:
                yield from ((start + first, start + last) for first, last in spans)
            if words.absolute:
                yield from ((start + m.start(), start + m.end()) for m in words.absolute.finditer(words.own(sentence)))


def _said(topic: str) -> Look:
    def look(text: str) -> Iterator[Span]:
        return (match.span() for lexicon in lexicons() for match in lexicon[topic].found(text))

    return look


def _heat(text: str) -> Iterator[Span]:
    """Strong words, and words that are shouted."""
    yield from _said("heated")(text)
    yield from (match.span() for match in _SHOUTED.finditer(text))


def _sentences(text: str) -> Iterator[Span]:
    return (match.span() for match in _SENTENCE.finditer(text))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those inside or across another left out."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each[0], -each[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:\s+[A-Z]{2,}){2,}\b")
_REST_OF_A_GENERALITY = (12, 6)
"""Characters in Chinese, words in English: beside more than that, a general word has company that says what."""
_LOOKS: tuple[tuple[HintKind, Look], ...] = (
    (HintKind.GENERAL, _generalities),
    (HintKind.CHARACTER, _said("character")),
    (HintKind.HEDGING, _said("hedging")),
    (HintKind.HEATED, _heat),
)
_SAID_OF_PEOPLE = frozenset({"situation", "behaviour", "impact", "suggestion"})
_PARTS = {
    HintKind.GENERAL: frozenset({"behaviour", "impact"}),
    HintKind.CHARACTER: _SAID_OF_PEOPLE,
    HintKind.UNPLACED: frozenset({"situation"}),
    # A suggestion may be as tentative as it likes.
    HintKind.HEDGING: frozenset({"behaviour", "impact"}),
    HintKind.HEATED: _SAID_OF_PEOPLE,
}


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
