"""What the number format of a cell makes of a number: a date, a percentage, a number with leading zeros."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from accord.foundation.spreadsheets.archives import Archive
from accord.foundation.spreadsheets.xml_parts import Attributes, local, parse, xml_parser


class Look(Enum):
    """How a number is shown."""

    PLAIN = 0
    DATE = 1
    PERCENT = 2
    PADDED = 3


@dataclass(frozen=True)
class Style:
    """How a cell shows numbers; `digits` is the width of padded ones."""

    look: Look = Look.PLAIN
    digits: int = 0


PLAIN = Style()
# Built-in formats of Excel: 14–22 and 45–47 everywhere, 27–36 and 50–58 in Chinese Excel.
_DATE_NUMBERS = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
_PERCENT_NUMBERS = frozenset([9, 10])
# Quoted and escaped characters, padding, colours, conditions and locales; not [h], which counts hours.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def read_styles(archive: Archive, name: str) -> list[Style]:
    """The style of each cell format, in the order cells refer to them."""
    codes: dict[str, str] = {}
    styles: list[Style] = []
    is_inside_cell_formats = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal is_inside_cell_formats
        tag = local(tag)
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            is_inside_cell_formats = True
        elif tag == "xf" and is_inside_cell_formats:
            number = attributes.get("numFmtId", "")
            styles.append(style_of(codes.get(number, ""), int(number) if number.isdecimal() else 0))

    def end(tag: str) -> None:
        nonlocal is_inside_cell_formats
        if local(tag) == "cellXfs":
            is_inside_cell_formats = False

    parser = xml_parser(archive)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parse(archive, name, parser)
    return styles


def style_of(code: str, number: int = 0) -> Style:
    """The style that the format `code`, or where that is empty the built-in format `number`, gives a number."""
    if not code:
        if number in _DATE_NUMBERS:
            return Style(Look.DATE)
        return Style(Look.PERCENT) if number in _PERCENT_NUMBERS else PLAIN
    bare = _LITERAL.sub("", code.split(";")[0]).lower()
    if "%" in bare:
        return Style(Look.PERCENT)
    if "general" not in bare and re.search("[ymdhs]", bare):
        return Style(Look.DATE)
    return Style(Look.PADDED, len(bare)) if re.fullmatch("0{2,}", bare) else PLAIN
