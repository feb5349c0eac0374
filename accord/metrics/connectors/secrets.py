"""Secrets of sources: encrypted in the database, and shown by nothing once they are read."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from accord.metrics.errors.connectors import SecretUnreadable


class Secret:
    """A password, key or token. Logs, error pages and debuggers see dots; `reveal` is called where it is sent."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "Secret(···)" if self._text else "Secret()"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")


def encrypt(text: str) -> str:
    """What may be stored of a secret; "" stays "" (there is none)."""
    return _fernet().encrypt(text.encode()).decode() if text else ""


def decrypt(stored: str) -> Secret:
    """The secret again. Raises SecretUnreadable where the key of the installation is another one by now."""
    try:
        return Secret(_fernet().decrypt(stored.encode()).decode()) if stored else Secret()
    except InvalidToken:
        raise SecretUnreadable from None


def _fernet() -> MultiFernet:
    """The secret key and those before it: a stolen database alone opens no source."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [salted_hmac("accord.metrics.connectors", "", key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
