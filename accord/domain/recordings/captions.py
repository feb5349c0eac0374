"""Captions for a recording, made of what its sender wrote.

Each line is one caption. A line may say when it begins, as `0:12 然后是第二点`; the times of the others are shared out
by the length of their words. Long lines are cut at the ends of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

LONGEST_CAPTION = 42
_TIMED = re.compile(r"\[?(\d{1,2}):([0-5]\d)\]?[\s　]+(.+)")
_SENTENCE = re.compile(r"[^。！？；!?;]*(?:[。！？；!?;]+|[.](?=\s|$))?")


@dataclass(frozen=True)
class Caption:
    """Words and the milliseconds between which they are shown."""

    begins: int
    ends: int
    words: str


def captions_of(text: str, milliseconds: int) -> list[Caption]:
    """The captions of a recording so long; a time beyond its end is ignored, as is one before the line above."""
    blocks = [(begins, [words for _, words in lines]) for begins, lines in groupby(_timed(text, milliseconds), _first)]
    ends = [*(begins for begins, _ in blocks[1:]), milliseconds][: len(blocks)]
    shared = (_shared(begins, end, words) for (begins, words), end in zip(blocks, ends, strict=True))
    return [caption for block in shared for caption in block]


def web_vtt(captions: list[Caption]) -> str:
    """The captions as a WebVTT file."""
    cues = (f"{_clock(each.begins)} --> {_clock(each.ends)}\n{_escaped(each.words)}\n" for each in captions)
    return "\n".join(("WEBVTT\n", *cues))


def _first(line: tuple[int, str]) -> int:
    return line[0]


def _timed(text: str, milliseconds: int) -> Iterator[tuple[int, str]]:
    """Each piece of text with the last time that was told above it."""
    since = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        words = line
        if told := _TIMED.fullmatch(line):
            words = told[3].strip()
            at = (int(told[1]) * 60 + int(told[2])) * 1_000
            since = at if since < at < milliseconds else since
        yield from ((since, piece) for piece in _pieces(words))


def _pieces(line: str) -> Iterator[str]:
    """Sentences put together as long as they fit; one that is too long alone is cut where it is full."""
    waiting = ""
    for sentence in filter(None, _SENTENCE.findall(line)):
        if waiting and len(waiting) + len(sentence) > LONGEST_CAPTION:
            yield waiting.strip()
            waiting = ""
        waiting += sentence
        while len(waiting) > LONGEST_CAPTION:
            cut = waiting.rfind(" ", 1, LONGEST_CAPTION) + 1 or LONGEST_CAPTION
            yield waiting[:cut].strip()
            waiting = waiting[cut:]
    if waiting.strip():
        yield waiting.strip()


def _shared(begins: int, ends: int, words: list[str]) -> Iterator[Caption]:
    total, passed = sum(map(len, words)), 0
    for each in words:
        start = begins + (ends - begins) * passed // total
        passed += len(each)
        yield Caption(start, begins + (ends - begins) * passed // total, each)


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1_000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{rest:03}"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
