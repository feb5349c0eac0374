"""An authenticator in software: it makes passkeys and signs with them, as a phone or a security key does."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from accord.foundation.models import User

PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class SoftwareKey:
    """One passkey. `flags` say whether somebody was present and verified."""

    rp_id: str = "localhost"
    origin: str = "http://localhost:8000"
    flags: Any = PRESENT_AND_VERIFIED
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def register_for(self, user: User) -> Authenticator:
        """Store this passkey for `user`, as adding it on the page does."""
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        bound = AuthenticatorData.create(self._rp_hash, self.flags | AuthenticatorData.FLAG.AT, 0, credential)
        response = {
            "clientDataJSON": websafe_encode(self._client_data(secrets.token_bytes(32), "webauthn.create")),
            "attestationObject": websafe_encode(AttestationObject.create("none", bound, {})),
        }
        stored = {"name": "key", "credential": self._answer(response)}
        return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=stored)

    def sign(self, challenge: bytes, type_: str = "webauthn.get", user: User | None = None) -> dict[str, Any]:
        """The assertion over `challenge`, as the browser would send it; `user` is whose the device says it is."""
        bound = AuthenticatorData.create(self._rp_hash, self.flags, 1)
        client = self._client_data(challenge, type_)
        signature = self.private.sign(bound + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(bound),
            "signature": websafe_encode(signature),
        }
        if user:
            response["userHandle"] = websafe_encode(user_pk_to_url_str(user).encode())
        return self._answer(response)

    @staticmethod
    def as_text(answer: dict[str, Any]) -> str:
        """The answer as a form carries it."""
        return json.dumps(answer)

    @property
    def _rp_hash(self) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest()

    def _client_data(self, challenge: bytes, type_: str) -> bytes:
        return CollectedClientData(
            json.dumps(
                {"type": type_, "challenge": websafe_encode(challenge), "origin": self.origin, "crossOrigin": False}
            ).encode()
        )

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        raw = websafe_encode(self.credential_id)
        return {"id": raw, "rawId": raw, "type": "public-key", "response": response, "clientExtensionResults": {}}
