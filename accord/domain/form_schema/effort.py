"""How long people take for what they do at a form: the keystroke-level model of Card, Moran and Newell (1980).

Seconds throughout. Where the numbers come from, and what was assumed, docs/form-time.md tells.
"""

from __future__ import annotations

from decimal import Decimal

KEY = Decimal("0.28")
"""K: one key, by somebody who types for work but not for a living."""
POINT = Decimal("1.10")
"""P: bringing the pointer to something on the screen."""
HOME = Decimal("0.40")
"""H: moving the hand between mouse and keyboard."""
MIND = Decimal("1.35")
"""M: making up one's mind for the next step."""
READ = Decimal("0.235")
"""Reading one Chinese character: 255 a minute."""
STROKES = Decimal("3.5")
"""Keys for one Chinese character by pinyin: three letters, and half a key to choose a word of two characters."""
CHUNK = 10
"""Characters written for each time of making up one's mind."""

CLICK = POINT + KEY
NONE = Decimal(0)


def reading(characters: int) -> Decimal:
    """Return the seconds to read so many Chinese characters."""
    return characters * READ


def writing(characters: int) -> Decimal:
    """Return the seconds to go into a box and write so many Chinese characters."""
    return CLICK + 2 * HOME + characters * STROKES * KEY + -(-characters // CHUNK) * MIND


def typing(keys: int) -> Decimal:
    """Return the seconds to go into a box and type so many keys as they stand, such as digits."""
    return CLICK + 2 * HOME + keys * KEY


def looking_up() -> Decimal:
    """Return the seconds to find somebody by name: two characters typed, some results read, one picked."""
    return writing(2) + MIND + reading(12) + CLICK
