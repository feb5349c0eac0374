"""The table of texts that the cells of a workbook point into."""

from __future__ import annotations

import re
from html import unescape as unescape_entities

import polars as pl

from accord.foundation.spreadsheets import limits
from accord.foundation.spreadsheets.archives import Archive
from accord.foundation.spreadsheets.errors import TooLarge
from accord.foundation.spreadsheets.xml_parts import Attributes, local, parse, xml_parser

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """`_x000D_` is how workbooks write characters that XML cannot hold."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def without_entities(text: str) -> str:
    """`&lt;` as `<`, for text that was cut out of XML without a parser."""
    return unescape_entities(text) if "&" in text else text


def read_shared_texts(archive: Archive, name: str) -> pl.Series:
    """The texts in the order cells count them; readings beside Chinese or Japanese characters are left out."""
    table = _SharedTexts(archive)
    parser = xml_parser(archive)
    parser.StartElementHandler = table.start
    parser.EndElementHandler = table.end
    parser.CharacterDataHandler = table.text
    parse(archive, name, parser)
    return pl.Series("text", table.texts, dtype=pl.String)


class _SharedTexts:
    def __init__(self, archive: Archive) -> None:
        self.texts: list[str] = []
        self._archive = archive
        self._pieces: list[str] = []
        self._characters = 0
        self._is_inside_text = self._is_inside_reading = False

    def start(self, tag: str, _: Attributes) -> None:
        tag = local(tag)
        if tag == "t":
            self._is_inside_text = not self._is_inside_reading
        elif tag == "rPh":
            self._is_inside_reading = True
        elif tag == "si":
            self._pieces = []

    def text(self, text: str) -> None:
        if not self._is_inside_text:
            return
        self._pieces.append(text)
        self._characters += len(text)
        if self._characters > limits.SHARED_TEXT_CHARACTERS:
            limit = limits.SHARED_TEXT_CHARACTERS // limits.MIB
            raise TooLarge(file=self._archive.file, found=self._characters // limits.MIB + 1, limit=limit)

    def end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "t":
            self._is_inside_text = False
        elif tag == "rPh":
            self._is_inside_reading = False
        elif tag == "si":
            self.texts.append(unescaped("".join(self._pieces)))
