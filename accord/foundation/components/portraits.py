"""People as a round sign with initials. The colour follows from the name, so a person looks the same everywhere."""

import re
from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accord.foundation.errors import Text

TONES = 8
_HAN = re.compile(r"[\u3400-\u9fff]")


def initials(name: str) -> str:
    """Return the two signs that stand for a name: 王小明 → 小明, Ada Lovelace → AL, 李 → 李."""
    words = name.split()
    if not words:
        return "?"
    if _HAN.search(name):
        return "".join(words)[-2:]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def avatar(name: str, size: str = "") -> SafeString:
    """Draw the sign of a person; decoration, because the name stands beside it. `size`: s, l, xl."""
    tone = crc32(name.encode()) % TONES + 1
    classes = f"avatar avatar-{tone}" + (f" avatar-{size}" if size else "")
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, initials(name))


def person(name: str, note: Text = "", url: str = "", size: str = "") -> SafeString:
    """Show a person: sign, name, and a quiet second line such as position or unit."""
    second = format_html('<span class="person-note">{}</span>', note) if note else ""
    inside = format_html(
        '{}<span class="person-words"><span class="person-name">{}</span>{}</span>', avatar(name, size), name, second
    )
    if url:
        return format_html('<a class="person" href="{}">{}</a>', url, inside)
    return format_html('<span class="person">{}</span>', inside)
