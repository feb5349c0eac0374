"""Signed messages and short-lived signed links between two systems that share a secret (HMAC with SHA-256).

A message: `t=<seconds>,v1=<hex>` over `<seconds>.<body>`, good for five minutes. A link: a JSON Web Token with HS256
(RFC 7519), good for a minute; only tokens are made here, none is read.
"""

from __future__ import annotations

import hmac
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

TOLERANCE_SECONDS, LINK_SECONDS = 300, 60
_SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})", re.ASCII)


def sign(body: bytes, secret: str, now: int) -> str:
    """The signature of a message sent at `now` (seconds since 1970)."""
    return f"t={now},v1={_digest(f'{now}.'.encode() + body, secret).hex()}"


def is_signed(body: bytes, signature: str, secret: str, now: int) -> bool:
    """Whether the message was signed with `secret` within five minutes of `now`, either way."""
    found = _SIGNATURE.fullmatch(signature.strip())
    if not found or not secret:
        return False
    signed_at = int(found[1])
    expected = _digest(f"{signed_at}.".encode() + body, secret).hex()
    return hmac.compare_digest(expected, found[2]) and abs(now - signed_at) <= TOLERANCE_SECONDS


def link_token(claims: Mapping[str, str], secret: str, now: int) -> str:
    """A token that says `claims` for a minute from `now` on."""
    head = _encoded({"alg": "HS256", "typ": "JWT"})
    body = _encoded({**claims, "iat": now, "exp": now + LINK_SECONDS})
    return f"{head}.{body}.{_plain(_digest(f'{head}.{body}'.encode(), secret))}"


def _digest(text: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), text, sha256).digest()


def _encoded(value: Mapping[str, object]) -> str:
    return _plain(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _plain(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")
