"""Browsers record WebM as a stream and leave its length out, and a player without one can't show where it stands."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_HEADER, _SEGMENT, _INFO, _SEEK_HEAD = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x114D9B74
_DURATION, _SCALE = 0x4489, 0x2AD7B1
_NANOSECONDS_IN_A_MILLISECOND = 1_000_000


class _Element(NamedTuple):
    kind: int
    size_at: int
    starts: int
    # None where a stream left it open.
    size: int | None


def with_length(head: bytes, milliseconds: int) -> bytes:
    """The first bytes of a WebM file with its length written in; as they were where it is there or there is no room."""
    top = list(_elements(head, 0, len(head)))
    if [each.kind for each in top[:2]] != [_HEADER, _SEGMENT] or top[1].size is not None:
        # A segment of known size has places in it counted from its start; nothing is moved in those.
        return head
    for part in _elements(head, top[1].starts, len(head)):
        if part.kind == _SEEK_HEAD:
            return head
        if part.kind == _INFO:
            return _written(head, part, milliseconds)
    return head


def _written(head: bytes, info: _Element, milliseconds: int) -> bytes:
    ends = info.starts + (info.size or 0)
    if not info.size or ends > len(head):
        return head
    inside = {each.kind: each for each in _elements(head, info.starts, ends)}
    if _DURATION in inside:
        return head
    scale = _NANOSECONDS_IN_A_MILLISECOND
    if told := inside.get(_SCALE):
        scale = int.from_bytes(head[told.starts : told.starts + (told.size or 0)], "big") or scale
    ticks = milliseconds * _NANOSECONDS_IN_A_MILLISECOND / scale
    duration = b"\x44\x89\x88" + struct.pack(">d", ticks)
    size = (info.size + len(duration) | 1 << 56).to_bytes(8, "big")
    return head[: info.size_at] + size + head[info.starts : ends] + duration + head[ends:]


def _elements(data: bytes, at: int, end: int) -> Iterator[_Element]:
    """The elements that stand one after the other; stops at what is cut off or left open."""
    while at < end:
        kind_length = _length(data, at)
        size_at = at + kind_length
        size_length = _length(data, size_at)
        starts = size_at + size_length
        if not kind_length or not size_length or starts > end:
            return
        bits = 7 * size_length
        size = int.from_bytes(data[size_at:starts], "big") & (1 << bits) - 1
        is_open = size == (1 << bits) - 1
        yield _Element(int.from_bytes(data[at:size_at], "big"), size_at, starts, None if is_open else size)
        if is_open:
            return
        at = starts + size


def _length(data: bytes, at: int) -> int:
    """How many bytes a number at this place has, told by its first set bit; 0 for none."""
    return 9 - data[at].bit_length() if at < len(data) and data[at] else 0
