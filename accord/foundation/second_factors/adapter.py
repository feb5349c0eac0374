"""How the second factors of allauth behave here."""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accord.foundation.models import User
from accord.foundation.second_factors.passkeys import rp_id


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are stored encrypted, passkeys belong to the known address of the installation, words are ours."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This did not work. A code is good once and for half a minute: wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": rp_id(), "name": "Accord"}

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "name": user.username}


def _fernet() -> MultiFernet:
    """The secret key and those before it, so that a stolen database alone makes no codes."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [salted_hmac("accord.second_factors", "", secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
