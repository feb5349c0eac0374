"""Whether a cursor still belongs to what is read."""

from __future__ import annotations

from hashlib import sha256


def fingerprint(settings: object) -> str:
    """A short mark of the settings of a stream: with other settings everything is read once more."""
    return sha256(repr(settings).encode()).hexdigest()[:16]
