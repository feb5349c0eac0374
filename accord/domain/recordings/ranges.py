"""Which bytes of a file a request asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from typing import NamedTuple

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class ByteRange(NamedTuple):
    """From the first to the last byte, both included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


class OutsideTheFile(ValueError):
    """Nothing of what was asked for is in the file."""


def asked_range(header: str, size: int) -> ByteRange | None:
    """The one range that a `Range` header asks for; None for the whole file, which is also the answer to several ranges
    and to what is not understood. Raises OutsideTheFile.
    """
    found = _ONE_RANGE.fullmatch(header.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        first, last = max(size - int(found[2]), 0), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
        if found[2] and int(found[2]) < first:
            return None
    if first >= size or last < first:
        raise OutsideTheFile
    return ByteRange(first, last)
