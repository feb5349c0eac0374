"""The words that hints look for: one file a language beside this one, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"")
_GONE = "\ufffc"


@dataclass(frozen=True)
class Words:
    """Patterns that say something, those that say it in absolute terms, and words that hold one by accident."""

    says: re.Pattern[str]
    absolute: re.Pattern[str] | None
    exceptions: re.Pattern[str] | None

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Where it is said."""
        return self.says.finditer(self.own(text))

    def own(self, text: str) -> str:
        """The text with what only looks alike blanked out, character for character."""
        return self.exceptions.sub(_blank, text) if self.exceptions else text

    def says_it(self, text: str) -> bool:
        """Whether it is said at all."""
        return next(self.found(text), None) is not None


@dataclass(frozen=True)
class Lexicon:
    """The words of one language by topic."""

    topics: dict[str, Words]
    counts_words: bool

    def __getitem__(self, topic: str) -> Words:
        return self.topics[topic]

    def length(self, text: str) -> int:
        """How much is said: words, or characters in a language that writes none apart."""
        bare = text.replace(_GONE, "x")
        return len(re.findall(r"[a-z']+", bare, re.IGNORECASE)) if self.counts_words else len(re.findall(r"\w", bare))


def own_words(text: str) -> str:
    """The text with what is quoted, or told as somebody else's word, blanked out character for character."""
    text = _QUOTED.sub(_blank, text)
    for lexicon in lexicons():
        text = lexicon["reported"].says.sub(_blank, text)
    return text


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """Chinese and English; both are looked for in every text, since people mix them."""
    return (_read("zh", counts_words=False), _read("en", counts_words=True))


def _read(language: str, *, counts_words: bool) -> Lexicon:
    written = tomllib.loads((_HERE / f"{language}.toml").read_text("utf-8"))
    return Lexicon({topic: _words(lists, counts_words) for topic, lists in written.items()}, counts_words)


def _words(lists: dict[str, list[str]], in_borders: bool) -> Words:
    says, absolute, exceptions = (lists.get(name) for name in ("says", "absolute", "except"))
    return Words(
        _pattern(says or [], in_borders),
        _pattern(absolute, in_borders) if absolute else None,
        _pattern(exceptions, in_borders) if exceptions else None,
    )


def _pattern(expressions: list[str], in_borders: bool) -> re.Pattern[str]:
    either = "|".join(expressions)
    return re.compile(rf"\b(?:{either})\b" if in_borders else either, re.IGNORECASE)


def _blank(match: re.Match[str]) -> str:
    return _GONE * len(match[0])
