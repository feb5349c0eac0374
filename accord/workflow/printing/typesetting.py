"""Turning values into a PDF: templates in Typst, fonts that come with the installation, and no markup out of values."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pylopdf_fonts_zh_cn as chinese
import typst

FOLDER = Path(__file__).parent
# PDF/A takes no piece of text without a break that is longer than some thousand characters.
_ENDLESS = re.compile(r"\S{500}")
ARCHIVAL: Final = "a-2a"
"""PDF/A: fonts inside, tagged for screen readers, readable in thirty years."""


def as_pdf(template: str | Path, paper: Mapping[str, Any], at: datetime) -> bytes:
    """Set the template with `paper` as its values. They travel as JSON, so that whatever people wrote stays text.

    The name of a template is one of this folder; the full path of one is another app's.
    """
    return typst.compile(
        (FOLDER / template).read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_legible(paper), ensure_ascii=False)},
        format="pdf",
        pdf_standards=ARCHIVAL,
        timestamp=at.replace(microsecond=0),
    )


def unprinted(text: str) -> list[str]:
    """The characters of `text` our fonts have no drawing for, each once, in order."""
    return [letter for letter in dict.fromkeys(text) if letter not in "\n\t" and not _is_drawn(ord(letter))]


def _legible(value: Any) -> Any:
    """The same with the number of a character where it has no drawing: rather 〔U+20BB7〕 than nothing; and with places
    where a word without an end may break.
    """
    if isinstance(value, str):
        drawn = value.translate({ord(letter): f"〔U+{ord(letter):04X}〕" for letter in unprinted(value)})
        return _ENDLESS.sub("\\g<0>\u200b", drawn)
    if isinstance(value, Mapping):
        return {key: _legible(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_legible(each) for each in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    folder = str(chinese.serif_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _is_drawn(code: int) -> bool:
    return any(first <= code <= last for first, last in _drawn())


@cache
def _drawn() -> tuple[tuple[int, int], ...]:
    """The ranges of characters that one of our fonts draws."""
    return tuple(chain(_ranges(chinese.serif_path()), _ranges(chinese.sans_path())))


def _ranges(font: Path) -> Iterator[tuple[int, int]]:
    """The characters of an OpenType font, from the format-12 part of its `cmap` table (each font of ours has one)."""
    content = font.read_bytes()
    for place in range(struct.unpack_from(">H", content, 4)[0]):
        tag, _sum, start, _length = struct.unpack_from(">4sIII", content, 12 + 16 * place)
        if tag == b"cmap":
            yield from _format_12(content, start)


def _format_12(content: bytes, start: int) -> Iterator[tuple[int, int]]:
    for place in range(struct.unpack_from(">H", content, start + 2)[0]):
        part = start + struct.unpack_from(">I", content, start + 8 + 8 * place)[0]
        if struct.unpack_from(">H", content, part)[0] == 12:
            count = struct.unpack_from(">I", content, part + 12)[0]
            yield from (struct.unpack_from(">II", content, part + 16 + 12 * group) for group in range(count))
