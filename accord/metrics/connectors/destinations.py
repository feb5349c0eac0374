"""Where a secret goes: a stored one is sent only to where whoever typed it meant it to go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from accord.metrics.connectors.contract import Settings

# Scheme, account, host and port. What has backslashes or blanks is read differently by different libraries.
_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^/?#\\\s]*(?=[/?#]|$)")


def destinations(settings: Settings) -> frozenset[str]:
    """The places to which these settings send the secret, each with what protects it on its way."""
    return frozenset(_destinations(settings))


def _destinations(settings: Settings) -> Iterator[str]:
    auth = settings.get("auth")
    for name in ("base", "url", "endpoint"):
        if text := str(settings.get(name) or ""):
            yield _place(text, str(settings.get("tls") or ""))
    for name in ("token_url", "path"):
        text = str(auth.get(name) or "") if isinstance(auth, Mapping) else ""
        # Anything else is meant below `base`.
        if "://" in text:
            yield _place(text, "")


def _place(text: str, tls: str) -> str:
    found = _AUTHORITY.match(text.strip())
    place = found.group().lower() if found and "\\" not in text else text
    return " ".join(filter(None, (place, text.partition("?")[2], tls)))
