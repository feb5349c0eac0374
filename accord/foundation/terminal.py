"""How far long work is, for somebody at a terminal."""

from __future__ import annotations

import time
from typing import TextIO

_WIDTH = 30
_SECONDS = 0.1


class ProgressBar:
    """Draws `done` of `total` on one line of a terminal, and nothing where the stream is no terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._next = 0.0

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def __call__(self, done: int, total: int) -> None:
        """Show the step; at most a few times a second."""
        if self._stream is None or (time.monotonic() < self._next and done != total):
            return
        self._next = time.monotonic() + _SECONDS
        share = done / total if total else 0.0
        bar = "█" * round(share * _WIDTH)
        self._stream.write(f"\r\x1b[K{bar:░<{_WIDTH}} {share:4.0%}  {done:,} / {total:,}")
        self._stream.flush()
