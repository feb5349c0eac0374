"""One way to write a value down, so that equal values have equal digests."""

from __future__ import annotations

import json
import unicodedata
from typing import Any


def canonical(value: Any) -> str:
    """Return `value` as canonical JSON: sorted keys, no blanks, NFC text, whole numbers only.

    Decimals and times are given as text. Raises TypeError for a float and for anything JSON has no word for.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_plain(_key(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"the key {key!r} is no text")
    return key
