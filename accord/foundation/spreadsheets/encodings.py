"""Telling UTF-8, UTF-16 and GB18030 apart without guessing wrongly."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from accord.foundation.spreadsheets.errors import UnknownEncoding, UnknownFileType

_CHUNK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Two-byte sequences that are at once legal UTF-8 and everyday Chinese in GB 2312.
_TWO_FACED = re.compile(rb"(?:[\xc2-\xdf][\xa1-\xbf]){2,}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_GB_CHARACTER = re.compile(rb"[\x81-\xfe](?:[\x30-\x39][\x81-\xfe][\x30-\x39]|[\x40-\x7e\x80-\xfe])")
# The hanzi and punctuation of GB 2312: nearly every character of a Chinese text, few of what any other looks like.
_GB_EVERYDAY = re.compile(rb"[\xa1-\xa3\xb0-\xf7][\xa1-\xfe]")
_SAMPLE = 20_000


def as_utf8(data: bytes, file: str) -> bytes:
    """Return the text `data` in UTF-8 without a byte order mark.

    Raises UnknownFileType for binary content and UnknownEncoding, with the line, for text that is neither.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _converted(data[len(mark) :], encoding, file)
    if encoding := _utf16_without_mark(data):
        return _converted(data, encoding, file)
    if b"\0" in data:
        raise UnknownFileType(file=file)
    fault = _first_fault(data, "utf-8")
    if fault is None:
        return _converted(data, "gb18030", file) if _is_two_faced(data) else data
    if _first_fault(data, "gb18030") is None and _is_chinese(data):
        return _converted(data, "gb18030", file)
    raise UnknownEncoding(file=file, line=data.count(b"\n", 0, fault) + 1)


def _converted(data: bytes, encoding: str, file: str) -> bytes:
    if encoding == "utf-8" and _first_fault(data, encoding) is None:
        return data
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(file=file, line=data.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text:
        raise UnknownFileType(file=file)
    return text.encode()


def _first_fault(data: bytes, encoding: str) -> int | None:
    """Where `data` stops being legal in `encoding`; piece by piece, so that no second copy of a big file is made."""
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    for start in range(0, len(data), _CHUNK):
        try:
            decoder.decode(view[start : start + _CHUNK], start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return start + error.start
    return None


def _utf16_without_mark(data: bytes) -> str:
    """Text for a spreadsheet has commas, tabs or digits, and these have a zero byte on one side only."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(data) % 2 or max(even, odd) * 8 < len(head) or min(even, odd):
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def _is_two_faced(data: bytes) -> bool:
    """Whether legal UTF-8 is more likely GB 2312: whole runs of hanzi pairs and not one three-byte sequence."""
    if data.isascii():
        return False
    runs = (match.group() for match in _NOT_ASCII.finditer(data))
    return all(_TWO_FACED.fullmatch(run) and _is_hanzi(run) for run in runs)


def _is_hanzi(run: bytes) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in run.decode("gb18030", "replace"))


def _is_chinese(data: bytes) -> bool:
    """Whether legal GB18030 reads as Chinese: Western, Big5 and damaged UTF-8 texts may be legal, as rare ones."""
    sample = [match.group() for match in islice(_GB_CHARACTER.finditer(data), _SAMPLE)]
    everyday = sum(_GB_EVERYDAY.fullmatch(character) is not None for character in sample)
    return everyday * 10 >= len(sample) * 6
